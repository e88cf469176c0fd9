#include "service/sample_faults.hpp"

#include <nlohmann/json.hpp>
#include <vector>

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

/// Codes of the answers given to questions that `fits`.
template <class Fits>
std::vector<std::string> answered(const Form& form, const Json& submission, Fits fits) {
  std::vector<std::string> codes;
  for (const auto& [code, answer] : submission["answers"].items()) {
    const std::uint32_t question = form.find_question(code);
    const bool is_value = !answer.is_object() || answer.contains("value");
    if (question != kNone && is_value && fits(form.question(question))) codes.push_back(code);
  }
  return codes;
}

const std::string* pick(const std::vector<std::string>& codes, SampleRandom& random) {
  return codes.empty() ? nullptr : &codes[random.below(static_cast<std::uint32_t>(codes.size()))];
}

void mistype_a_code(const Form&, Json& submission, SampleRandom& random) {
  std::vector<std::string> codes;
  for (const auto& [code, answer] : submission["answers"].items()) codes.push_back(code);
  if (const std::string* code = pick(codes, random)) {
    const Json answer = submission["answers"][*code];
    submission["answers"].erase(*code);
    submission["answers"][code->substr(0, code->size() - 1)] = answer;
  }
}

void mistype_an_option(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes = answered(form, submission, [](const Question& q) {
    return is_choice(q.type) && q.type != QuestionType::multi && q.bind == Binding::none;
  });
  if (const std::string* code = pick(codes, random)) submission["answers"][*code] = "yess";
}

void write_words_for_a_figure(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes =
      answered(form, submission, [](const Question& q) { return q.type == QuestionType::number; });
  if (const std::string* code = pick(codes, random)) submission["answers"][*code] = "about forty";
}

void write_an_impossible_date(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes =
      answered(form, submission, [](const Question& q) { return q.type == QuestionType::date; });
  if (const std::string* code = pick(codes, random)) submission["answers"][*code] = "2027-02-30";
}

void cite_a_missing_row(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes = answered(form, submission,
                              [](const Question& q) { return q.type == QuestionType::reference; });
  if (const std::string* code = pick(codes, random))
    submission["answers"][*code] = Json::array({"row-99"});
}

void leave_out_an_answer(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes = answered(form, submission, [](const Question& q) {
    return q.required == Requirement::final || q.required == Requirement::draft;
  });
  if (const std::string* code = pick(codes, random)) submission["answers"].erase(*code);
}

void hide_a_character(const Form& form, Json& submission, SampleRandom& random) {
  const auto codes = answered(form, submission, [](const Question& q) { return is_text(q.type); });
  const std::string* code = pick(codes, random);
  if (code == nullptr) return;
  Json& answer = submission["answers"][*code];
  Json& value = answer.is_object() && answer.contains("value") ? answer["value"] : answer;
  if (value.is_string()) value = value.get<std::string>() + "\xE2\x80\xAE";
}

void name_another_cycle(const Form&, Json& submission, SampleRandom&) {
  submission["cycle"] = "another-cycle";
}

using Fault = void (*)(const Form&, Json&, SampleRandom&);
constexpr Fault kFaults[] = {mistype_a_code,           mistype_an_option,  write_words_for_a_figure,
                             write_an_impossible_date, cite_a_missing_row, leave_out_an_answer,
                             hide_a_character};

}  // namespace

std::string with_faults(const Form& form, const std::string& json, SampleRandom& random) {
  Json submission = Json::parse(json, nullptr, false);
  if (submission.is_discarded() || !submission.contains("answers")) return json;
  const std::uint32_t count = 1 + random.below(3);
  for (std::uint32_t i = 0; i < count; ++i)
    kFaults[random.below(std::size(kFaults))](form, submission, random);
  if (random.chance(8)) name_another_cycle(form, submission, random);
  std::string text = submission.dump(2) + "\n";
  if (random.chance(8)) text.resize(text.size() / 2);
  return text;
}

}  // namespace cosp
