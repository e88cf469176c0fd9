/// Values of one release's fields as values of another's: what fits, and what does not and why. For
/// migrating.cpp only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/form.hpp"
#include "service/release_pairing.hpp"

namespace cosp {

/// What became of one value. Several options may each have their own fate.
struct CarriedValue {
  struct Loss {
    nlohmann::json value;
    std::string why;
  };
  std::optional<nlohmann::json> value;  ///< nothing: not carried
  std::vector<Loss> losses;
};

/// `value` is canonical JSON of a value of `from`. A figure is never rounded, a text never cut; of
/// several options, languages or provisions those that still exist are carried. Texts that have
/// become too long are carried: whoever wrote them shortens them.
CarriedValue carry_value(const ReleasePairing& pairing, const Field& from, const Field& to,
                         const nlohmann::json& value);

}  // namespace cosp
