/// What only the generator knows of a form: whether its tables can be made. (Of its products:
/// document_set.hpp.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// All mistakes of the form's tables (unknown kinds, parameters, questions, columns; charts without
/// a text alternative), in the order of their ids.
std::vector<Mistake> lint_tables(const Form& form);

/// For `cosp tables kinds`: a kind and its parameters, in English, from the one table that the
/// engine uses.
struct KindParameter {
  std::string_view name, type, what;
  bool is_required = true;
};
struct KindDescription {
  std::string_view id, what;
  std::vector<KindParameter> parameters;
};
std::vector<KindDescription> describe_table_kinds();

}  // namespace cosp
