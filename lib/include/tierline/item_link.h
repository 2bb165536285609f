#pragma once
// Links to the page of an item in the tool that keeps it.

#include <string>
#include <string_view>
#include <vector>

#include "tierline/inventory.h"
#include "tierline/result.h"

namespace tierline {

/// `https://cmdb.example/nav_to.do?uri={class}.do?sys_id={id}`: an address in which the words in
/// braces stand for what an item is called.
class LinkTemplate {
 public:
  LinkTemplate() = default;

  /// An error where it is no address of http or https with a host that is spelled out, or has a
  /// word in braces that is none of `words`. Without place.
  static Result<LinkTemplate> parse(std::string_view text);
  /// `class`, `id`, ...
  static const std::vector<std::string>& words();

  /// As it was written; empty for none.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Where the page of the item is: as its export says, else by the template, in which what exports
  /// say is percent-encoded. Empty where neither tells. It has no character that ends a link or a
  /// line anywhere, and it begins with http:// or https://.
  [[nodiscard]] std::string of(const Inventory& inventory, ItemId item) const;

 private:
  std::string text_;
};

/// An address of http or https that an export has, made safe; empty for any other text.
std::string safe_link(std::string_view text);

}  // namespace tierline
