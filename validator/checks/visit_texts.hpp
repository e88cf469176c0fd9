#pragma once

#include <functional>
#include <string_view>

#include "model/evaluation.hpp"
#include "validator/checks/check.hpp"

namespace cosp::checks {

/// A language version of an answer, or of a note to one.
struct VisitedText {
  Place place;
  const LocalText& text;
  bool is_note = false;
  Visibility visibility = Visibility::open;
};

/// Visits the texts of all questions that are asked, then of all rows, in their order. `scope`:
/// "texts" (short and long ones), "long_texts", or "texts_and_notes".
void visit_texts(const Evaluation& evaluation, std::string_view scope,
                 const std::function<void(const VisitedText&)>& visit);

/// The same for a check with the parameters `scope` and, if they are given, `questions` and
/// `register`: then only these questions and this register's rows.
void visit_texts(const Evaluation& evaluation, const CheckArguments& arguments,
                 const std::function<void(const VisitedText&)>& visit);

}  // namespace cosp::checks
