#include "tierline/item_link.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t longest = 2000;  // What browsers and tools agree to open.

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What may stand anywhere in a value.
bool is_unreserved(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// What may stand in an address, apart from `%`. An apostrophe may, but ends texts elsewhere.
bool is_of_address(char c) {
  return is_unreserved(c) ||
         std::string_view(":/?#[]@!$&()*+,;=").find(c) != std::string_view::npos;
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void append_encoded(std::string& out, char c) {
  out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
}

std::string encoded(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      append_encoded(out, c);
    }
  }
  return out;
}

/// What comes after `http://` or `https://`; empty for any other text.
std::string_view after_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (to_lower(text.substr(0, scheme.size())) == scheme) {
      return text.substr(scheme.size());
    }
  }
  return {};
}

/// A name or an address, and perhaps a port; neither a user nor a password.
bool is_host(std::string_view host) {
  return !host.empty() && is_letter_or_digit(host.front() == '[' ? '0' : host.front()) &&
         std::ranges::all_of(host, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '.' || c == ':' || c == '[' ||
                  c == ']' || c == '_';
         });
}

std::string_view host_of(std::string_view text) {
  const std::string_view rest = after_scheme(text);
  return rest.substr(0, rest.find_first_of("/?#"));
}

std::string value_of(std::string_view word, const Inventory& inventory, ItemId item) {
  return word == "id"      ? inventory.id(item)
         : word == "class" ? inventory.class_name(item)
         : word == "name"  ? std::string(inventory.name(item))
                           : inventory.source(item);
}

}  // namespace

const std::vector<std::string>& LinkTemplate::words() {
  static const std::vector<std::string> all = {"class", "id", "name", "source"};
  return all;
}

Result<LinkTemplate> LinkTemplate::parse(std::string_view text) {
  if (after_scheme(text).empty()) {
    return Error{
        fmt::format("'{}' is no address that begins with https:// or http://", shortened(text))};
  }
  if (!is_host(host_of(text))) {
    return Error{
        fmt::format("'{}': the host has to be spelled out, without a user", shortened(text))};
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') {
      const std::size_t end = text.find('}', at);
      const std::string word(text.substr(at + 1, end == std::string_view::npos ? 0 : end - at - 1));
      if (std::ranges::find(words(), word) == words().end()) {
        return Error{fmt::format("'{{{}}}' is nothing that an item has{}; there are {}",
                                 shortened(word), did_you_mean(word, words()),
                                 join(words(), ", "))};
      }
      at = end;
    } else if (text[at] != '%' && !is_of_address(text[at])) {
      return Error{
          fmt::format("'{}': an address has no blanks, quotes or other such characters; "
                      "write %20 and the like",
                      shortened(text))};
    }
  }
  LinkTemplate link;
  link.text_ = text;
  return link;
}

std::string LinkTemplate::of(const Inventory& inventory, ItemId item) const {
  if (std::string own = safe_link(inventory.own_link(item)); !own.empty()) {
    return own;
  }
  std::string link;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at] != '{') {
      link += text_[at];
      continue;
    }
    const std::size_t end = text_.find('}', at);
    const std::string value =
        value_of(std::string_view(text_).substr(at + 1, end - at - 1), inventory, item);
    if (value.empty()) {
      return {};
    }
    link += encoded(value);
    at = end;
  }
  return link.size() > longest ? std::string() : link;
}

std::string safe_link(std::string_view text) {
  if (text.size() > longest || !is_host(host_of(text))) {
    return {};
  }
  std::string link;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_encoded = c == '%' && at + 2 < text.size() && is_hex_digit(text[at + 1]) &&
                            is_hex_digit(text[at + 2]);
    if (is_encoded || is_of_address(c)) {
      link += c;
    } else {
      append_encoded(link, c);
    }
  }
  return link;
}

}  // namespace tierline
