/// What one submitter reported, article by article, as a part of a page.
#pragma once

#include "generator/document_page.hpp"
#include "generator/narrative_answer.hpp"
#include "generator/template_value.hpp"

namespace cosp {

/// The chapters with the questions that were put to the submitter, each with its answer. What the
/// reader may not see says so.
TemplateList submission_chapters(DocumentPage& page, AnswerText& answers,
                                 const Contributor& contributor);

/// Behind them: what the depositary has on record, the registers, the explanations given to
/// findings, and, for the secretariat, answers to questions that the form does not know.
TemplateList submission_sections(DocumentPage& page, AnswerText& answers,
                                 const Contributor& contributor);

}  // namespace cosp
