#include "page/pack.h"

#include <zlib.h>

#include <array>
#include <new>

namespace tierline {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void append_digits(std::string& text, std::string_view three_bytes) {
  std::uint32_t bits = 0;
  for (const char byte : three_bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
  }
  for (unsigned shift = 24; shift > 0;) {
    shift -= 6;
    text += digits[bits >> shift & 63U];
  }
}

}  // namespace

std::string pack(std::string_view text) {
  constexpr int raw = -15;  // No header, and no checksum over parts that know nothing of another.
  constexpr int memory = 9;
  z_stream stream{};
  if (::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  constexpr std::size_t flush_size = 16;
  std::string packed(::deflateBound(&stream, text.size()) + flush_size, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FULL_FLUSH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  return packed;
}

std::string_view end_of_pack() {
  // A last block, of fixed codes, with nothing in it.
  static constexpr std::array<char, 2> end = {3, 0};
  return {end.data(), end.size()};
}

void Base64::write(std::string_view bytes) {
  std::string text;
  text.reserve(base64_size(bytes.size() + rest_.size()));
  while (rest_.size() % 3 != 0 && !bytes.empty()) {
    rest_ += bytes.front();
    bytes.remove_prefix(1);
  }
  if (rest_.size() == 3) {
    append_digits(text, rest_);
    rest_.clear();
  }
  for (; bytes.size() >= 3; bytes.remove_prefix(3)) {
    append_digits(text, bytes.substr(0, 3));
  }
  rest_ += bytes;
  output_.write(text);
}

void Base64::end() {
  const std::size_t missing = (3 - rest_.size()) % 3;
  if (missing > 0) {
    rest_.resize(3);
    std::string text;
    append_digits(text, rest_);
    text.replace(text.size() - missing, missing, missing, '=');
    output_.write(text);
  }
  rest_.clear();
}

}  // namespace tierline
