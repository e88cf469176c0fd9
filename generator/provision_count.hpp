/// How much of a form's provisions was held against the authentic texts: said by documents,
/// workbooks and the lint of a form, in the same number.
#pragma once

#include <cstdint>
#include <vector>

#include "model/form.hpp"

namespace cosp {

struct ProvisionCount {
  std::int64_t total = 0;
  std::vector<std::uint32_t> unverified;  ///< indexes, in the order declared

  std::int64_t verified() const { return total - static_cast<std::int64_t>(unverified.size()); }
};

/// Counts paragraphs, and whole articles that have none: an article made of its paragraphs is
/// counted by them.
ProvisionCount count_provisions(const Form& form);

}  // namespace cosp
