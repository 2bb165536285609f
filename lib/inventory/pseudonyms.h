#pragma once
// What persons are called where their names are not to be shown.

#include <string>
#include <string_view>

#include "support/sip_hash.h"

namespace tierline {

/// Hashes persons with a secret: who does not know it cannot find out, by hashing the ids of
/// everybody, whom a pseudonym stands for.
class Pseudonyms {
 public:
  /// An empty secret is a constant that everybody knows.
  explicit Pseudonyms(std::string_view secret = {});

  /// Of somebody whom a source knows by an id: the same in every run with this secret.
  [[nodiscard]] std::string of(std::string_view source, std::string_view id) const;

 private:
  SipKey key_;
};

}  // namespace tierline
