#pragma once
// How one file makes itself known. A rule, a syntax or a report ends in
//
//   const Register<Rule> rule{{.id = "owner-missing", ...}};
//
// and nothing else lists it. The library is linked as objects, so no file can be dropped silently;
// tests/catalogue_test.cpp compares the files with what is registered.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tierline {

/// A plugin is any struct with an `id`.
template <typename Plugin>
class Register {
 public:
  explicit Register(Plugin plugin) noexcept
      : plugin_(std::move(plugin)), next_(std::exchange(head_, this)) {}

  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  /// Everything registered, sorted by id, so that no output depends on link order.
  static std::vector<const Plugin*> all() {
    std::vector<const Plugin*> plugins;
    for (const Register* entry = head_; entry != nullptr; entry = entry->next_) {
      plugins.push_back(&entry->plugin_);
    }
    std::ranges::sort(plugins, {}, [](const Plugin* plugin) { return plugin->id; });
    return plugins;
  }

  /// The ids of all, sorted.
  static std::vector<std::string> ids() {
    std::vector<std::string> ids;
    for (const Plugin* plugin : all()) {
      ids.emplace_back(plugin->id);
    }
    return ids;
  }

  /// The plugin of that id, or null.
  static const Plugin* find(std::string_view id) {
    for (const Register* entry = head_; entry != nullptr; entry = entry->next_) {
      if (entry->plugin_.id == id) {
        return &entry->plugin_;
      }
    }
    return nullptr;
  }

 private:
  static inline constinit const Register* head_ = nullptr;  // Set before any constructor runs.
  Plugin plugin_;
  const Register* next_;
};

}  // namespace tierline
