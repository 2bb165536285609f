#pragma once
// A list of very many small records that is only made longer.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace tierline {

/// Unlike std::vector, it lets the system move a large list by its pages when it has to grow: no
/// byte is copied, and there are never two of it.
template <typename T>
class GrowingList {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

 public:
  GrowingList() = default;
  GrowingList(const GrowingList&) = delete;
  GrowingList& operator=(const GrowingList&) = delete;

  /// Makes room for more entries, which the caller has to set.
  std::span<T> add(std::size_t count) {
    if (size_ + count > capacity_) {
      grow(std::max(size_ + count, capacity_ * 2));
    }
    size_ += count;
    return {entries_.get() + size_ - count, count};
  }

  /// Gives its memory back.
  void clear() {
    entries_.reset();
    size_ = capacity_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return entries_.get()[i]; }
  [[nodiscard]] const T* begin() const { return entries_.get(); }
  [[nodiscard]] const T* end() const { return entries_.get() + size_; }

 private:
  struct Free {
    void operator()(T* entries) const { std::free(entries); }
  };

  void grow(std::size_t capacity) {
    void* const moved = std::realloc(entries_.get(), capacity * sizeof(T));
    if (moved == nullptr) {
      throw std::bad_alloc();
    }
    static_cast<void>(entries_.release());
    entries_.reset(static_cast<T*>(moved));
    capacity_ = capacity;
  }

  std::unique_ptr<T, Free> entries_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace tierline
