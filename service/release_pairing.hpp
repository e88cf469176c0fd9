/// Which code of an earlier release of a form is which of a later one: by equal codes, and by a map
/// where there is one. What diff and migration share.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/form.hpp"
#include "model/migration_map.hpp"

namespace cosp {

/// Where something of the earlier release is now; `to` is kNone when it is nowhere, and `why` says
/// why.
struct Counterpart {
  std::uint32_t to = kNone;
  std::string why;
};

/// Both forms must outlive it. Immutable; thread-safe.
class ReleasePairing {
 public:
  /// Errors: `bad_input` with every line of the map that does not fit the two forms, or makes two
  /// codes one. `map` may be null: then equal codes alone are paired.
  static Result<ReleasePairing> make(const Form& from, const Form& to, const MigrationMap* map);

  const Form& from() const { return *from_; }
  const Form& to() const { return *to_; }
  const Counterpart& question(std::uint32_t index) const { return questions_[index]; }
  const Counterpart& registry(std::uint32_t index) const { return registers_[index]; }
  const Counterpart& column(std::uint32_t index) const { return columns_[index]; }  ///< absolute
  const Counterpart& provision(std::uint32_t index) const { return provisions_[index]; }

  /// The code that an option of a list of `from` has now; empty, with `why`, when it is dropped.
  struct OptionCode {
    std::string_view code;
    std::string_view why;
  };
  OptionCode option(std::uint32_t list, std::string_view code) const;
  /// The unit's code now.
  std::string_view unit(std::string_view code) const;

  /// Whether values of the one field can become values of the other at all; else why not. (Each
  /// value may still not fit: an option that is gone, a figure out of range.)
  std::string obstacle(const Field& from, const Field& to) const;

 private:
  class Maker;
  ReleasePairing(const Form& from, const Form& to) : from_(&from), to_(&to) {}

  const Form* from_;
  const Form* to_;
  std::vector<Counterpart> questions_, registers_, columns_, provisions_;
  std::map<std::pair<std::uint32_t, std::string>, CodeMove, std::less<>> options_;
  std::map<std::string, std::string, std::less<>> units_;
};

}  // namespace cosp
