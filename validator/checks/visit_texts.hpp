#pragma once

#include <functional>
#include <string_view>

#include "model/evaluation.hpp"

namespace cosp::checks {

/// A language version of an answer, or of a note to one.
struct VisitedText {
  Place place;
  const LocalText& text;
  bool is_note = false;
};

/// Visits the texts of all questions that are asked, then of all rows, in their order. `scope`:
/// "texts" (short and long ones), "long_texts", or "texts_and_notes".
void visit_texts(const Evaluation& evaluation, std::string_view scope,
                 const std::function<void(const VisitedText&)>& visit);

}  // namespace cosp::checks
