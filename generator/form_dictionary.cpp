#include "generator/form_dictionary.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace cosp {
namespace {

constexpr std::string_view kHeadings =
    "code,kind,chapter,block,article,register,type,list,options,required,asked_when,unit,limits,"
    "visibility,personal,provisions,obligation";

/// What a register's column has no answer to stays empty.
struct Place {
  std::string_view kind, chapter, block, article, registry;
  std::string code, asked_when;
  Visibility floor = Visibility::open;
};

std::string bound_words(const DateBound& bound) {
  return bound.is_set ? bound.date.to_string() : std::string(to_string(bound.moment));
}

class Dictionary {
 public:
  Dictionary(const Form& form, std::string_view first_language, const ConditionWords& words)
      : form_(form), words_(words), languages_(languages_from(form, first_language)) {}

  std::string write() {
    csv_ = kHeadings;
    for (const std::string_view what : {"label", "help"})
      for (const std::uint32_t language : languages_)
        csv_ += fmt::format(",{}_{}", what, form_.language_tag(language));
    csv_ += "\r\n";
    for (const Question& question : form_.questions()) add(question);
    for (const Register& registry : form_.registers())
      for (const Column& column : form_.columns_of(registry)) add(registry, column);
    return std::move(csv_);
  }

 private:
  void add(const Question& question) {
    const Block& block = form_.block(question.block);
    const Chapter& chapter = form_.chapters()[block.chapter];
    add({"question", form_.string(chapter.code), form_.string(block.code),
         form_.string(block.article), "", std::string(form_.code(question)),
         words_(question.condition), question.floor},
        question);
  }

  void add(const Register& registry, const Column& column) {
    const std::string_view code = form_.string(registry.code);
    add({"column", "", "", "", code, fmt::format("{}/{}", code, form_.code(column)), "",
         std::max(registry.floor, column.floor)},
        column);
  }

  void add(const Place& place, const Field& field) {
    std::vector<std::string> fields = {
        place.code,
        std::string(place.kind),
        std::string(place.chapter),
        std::string(place.block),
        std::string(place.article),
        std::string(place.registry),
        std::string(to_string(field.type)),
        list_of(field),
        options_of(field),
        std::string(to_string(field.required)),
        place.asked_when,
        std::string(form_.string(field.unit)),
        fmt::format("{}", fmt::join(limit_words(form_, field), "; ")),
        std::string(to_string(place.floor)),
        field.is_personal ? "yes" : "no",
        provisions_of(field),
        std::string(to_string(field.obligation))};
    for (const TextId id : {field.label, field.help})
      for (const std::uint32_t language : languages_) {
        const Text text = form_.text(id, language);
        fields.emplace_back(text.is_fallback ? std::string_view{} : text.value);
      }
    std::vector<std::string> written;
    written.reserve(fields.size());
    for (const std::string& one : fields) written.push_back(escape::csv_field(one));
    csv_ += fmt::format("{}\r\n", fmt::join(written, ","));
  }

  std::string list_of(const Field& field) const {
    if (field.list != kNone) return std::string(form_.string(form_.list(field.list).code));
    if (field.registry != kNone)
      return std::string(form_.string(form_.registry(field.registry).code));
    return {};
  }

  std::string options_of(const Field& field) const {
    std::vector<std::string_view> codes;
    if (field.list != kNone) {
      const auto options = form_.options_of(field.list);
      for (std::size_t i = 0; i < options.size(); ++i)
        if ((field.allowed >> i & 1) != 0) codes.push_back(form_.string(options[i].code));
    }
    return fmt::format("{}", fmt::join(codes, "; "));
  }

  std::string provisions_of(const Field& field) const {
    std::vector<std::string_view> codes;
    for (const std::uint32_t index : form_.provisions_of(field.provisions))
      codes.push_back(form_.string(form_.provisions()[index].code));
    return fmt::format("{}", fmt::join(codes, "; "));
  }

  const Form& form_;
  const ConditionWords& words_;
  const std::vector<std::uint32_t> languages_;
  std::string csv_;
};

}  // namespace

std::string form_dictionary(const Form& form, std::string_view first_language,
                            const ConditionWords& condition_words) {
  return Dictionary(form, first_language, condition_words).write();
}

std::vector<std::uint32_t> languages_from(const Form& form, std::string_view first) {
  std::vector<std::uint32_t> languages{form.language(first)};
  for (std::uint32_t i = 0; i < form.tables().languages.size(); ++i)
    if (i != languages.front()) languages.push_back(i);
  return languages;
}

std::vector<std::string> limit_words(const Form& form, const Field& field) {
  std::vector<std::string> limits;
  const auto add = [&](std::string_view name, const auto& value) {
    limits.push_back(fmt::format("{}={}", name, value));
  };
  const auto add_count = [&](std::string_view name, std::uint32_t count) {
    if (count > 0) add(name, count);
  };
  if (field.has_minimum) add("minimum", field.minimum.to_string());
  if (field.has_maximum) add("maximum", field.maximum.to_string());
  if (is_figure(field.type)) add("decimals", static_cast<unsigned>(field.decimals));
  const auto has = [](const DateBound& bound) {
    return bound.is_set || bound.moment != Moment::none;
  };
  if (has(field.earliest)) add("earliest", bound_words(field.earliest));
  if (has(field.latest)) add("latest", bound_words(field.latest));
  add_count("choices", field.most_choices);
  if (field.offered_when != kNone)
    add("offered_when", form.code(form.question(field.offered_when)));
  std::vector<std::string_view> exclusive;
  if (field.list != kNone && field.type == QuestionType::multi) {
    const auto options = form.options_of(field.list);
    for (std::size_t i = 0; i < options.size(); ++i)
      if ((field.exclusive & field.allowed & std::uint64_t{1} << i) != 0)
        exclusive.push_back(form.string(options[i].code));
  }
  if (!exclusive.empty()) add("exclusive", fmt::format("{}", fmt::join(exclusive, " ")));
  add_count("least_rows", field.least_rows);
  add_count("most_rows", field.most_rows);
  add_count("words", field.most_words);
  add_count("characters", field.most_characters);
  if (field.pattern.size > 0) add("pattern", form.string(field.pattern));
  return limits;
}

}  // namespace cosp
