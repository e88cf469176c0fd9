/// Leaves of conditions: operators and the values they compare with. For readers/ only.
#pragma once

#include "readers/form_context.hpp"

namespace cosp {

/// Reads `operator` and what follows it of a leaf on `field` into `node`; `other`, where given, is
/// what the field is compared with. False after a mistake.
///
/// A comparison with a place on an ordered list becomes the set of options that fit: `at_least
/// halfway` is `is_any` of halfway and all behind it.
bool compile_comparison(FormContext& context, const FormSource& source, const YamlNode& leaf,
                        const Field* field, const Field* other, ConditionNode& node);

/// Operator of figures and the number in `value`.
bool compile_number(FormContext& context, const FormSource& source, const YamlNode& leaf,
                    ConditionNode& node);
/// Operator of figures alone.
bool compile_number_operator(const FormSource& source, const YamlNode& leaf, ConditionNode& node);

std::string_view to_string(Operator op);

}  // namespace cosp
