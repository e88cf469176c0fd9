/// Files of one rule, for tests that add rules to the small form.
#pragma once

#include <string>

#include "tests/validator/small_form.hpp"

namespace cosp::test {

/// The rule's file, with `body` as what follows its id, and English texts for it.
inline Files rule_files(const std::string& id, const std::string& body,
                        const std::string& message = "Something disagrees.") {
  return {{"rules/" + id + ".yaml", "id: " + id + "\n" + body},
          {"texts/en/rules.yaml", "rule." + id + ":\n  message: \"" + message +
                                      "\"\n  why: \"Because.\"\n  mend: \"Mend it.\"\n"}};
}

/// Examples for rules whose test brings its own submissions.
inline constexpr const char* kNoExamples =
    "examples: {wrong: {answers: {one.stage: done}}, right: {answers: {one.stage: done}}}\n";

/// The names of the findings of that rule alone.
std::vector<std::string> run_rule(const Form& form, std::string_view json, std::string_view rule,
                                  Stage stage = Stage::final);

}  // namespace cosp::test
