#include "service/field_facts.hpp"

#include <fmt/format.h>

#include "service/form_outline.hpp"

namespace cosp {
namespace {

std::string number_or_nothing(std::uint32_t number) {
  return number == 0 ? std::string() : std::to_string(number);
}

std::string bound(const DateBound& given) {
  if (given.moment != Moment::none) return std::string(to_string(given.moment));
  return given.is_set ? given.date.to_string() : std::string();
}

std::string options(const Form& form, const Field& field, std::uint64_t mask) {
  std::vector<std::string_view> codes;
  const auto offered = form.options_of(field.list);
  for (std::size_t i = 0; i < offered.size(); ++i)
    if ((mask >> i & 1) != 0) codes.push_back(form.string(offered[i].code));
  return fmt::format("{}", fmt::join(codes, ", "));
}

/// The options offered, where these are not the whole list.
std::string only(const Form& form, const Field& field) {
  if (field.list == kNone) return {};
  const std::size_t count = form.options_of(field.list).size();
  const std::uint64_t all = count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  return (field.allowed & all) == all ? std::string() : options(form, field, field.allowed);
}

std::string yes_or_nothing(bool is) { return is ? "yes" : ""; }

bool is_tighter(std::uint32_t was, std::uint32_t is) { return is != 0 && (was == 0 || is < was); }

/// Options of the one field that the other does not offer.
std::vector<std::string> options_gone(const ReleasePairing& pairing, const Field& from,
                                      const Field& to) {
  std::vector<std::string> gone;
  const auto offered = pairing.from().options_of(from.list);
  for (std::size_t i = 0; i < offered.size(); ++i) {
    if ((from.allowed >> i & 1) == 0) continue;
    const std::string_view code = pairing.from().string(offered[i].code);
    const auto now = pairing.option(from.list, code);
    const std::uint32_t position =
        now.code.empty() ? kNone : pairing.to().find_option(to.list, now.code);
    if (position == kNone || (to.allowed >> position & 1) == 0) gone.emplace_back(code);
  }
  return gone;
}

std::vector<std::string> doubts(const ReleasePairing& pairing, const Field& from, const Field& to) {
  std::vector<std::string> found;
  if (is_choice(from.type)) {
    if (const auto gone = options_gone(pairing, from, to); !gone.empty())
      found.push_back(fmt::format("{} no longer offered", fmt::join(gone, ", ")));
    if (from.type == QuestionType::multi && to.type != QuestionType::multi)
      found.emplace_back("one option only");
    if (is_tighter(from.most_choices, to.most_choices))
      found.push_back(fmt::format("at most {} options", to.most_choices));
  }
  if (from.type == QuestionType::languages && to.type == QuestionType::language)
    found.emplace_back("one language only");
  if (to.has_minimum && (!from.has_minimum || to.minimum > from.minimum))
    found.push_back("from " + to.minimum.to_string());
  if (to.has_maximum && (!from.has_maximum || to.maximum < from.maximum))
    found.push_back("to " + to.maximum.to_string());
  if (is_figure(to.type) && to.decimals < from.decimals)
    found.push_back(fmt::format("{} decimals", to.decimals));
  if (to.earliest.is_set && bound(from.earliest) != bound(to.earliest))
    found.push_back("not before " + bound(to.earliest));
  if (to.latest.is_set && bound(from.latest) != bound(to.latest))
    found.push_back("not after " + bound(to.latest));
  if (is_tighter(from.most_rows, to.most_rows))
    found.push_back(fmt::format("at most {} rows", to.most_rows));
  if (to.always_answered && !from.always_answered)
    found.emplace_back("no reason in place of an answer");
  return found;
}

}  // namespace

std::string provision_codes(const Form& form, Range range) {
  std::vector<std::string_view> codes;
  for (const std::uint32_t index : form.provisions_of(range))
    codes.push_back(form.string(form.provisions()[index].code));
  return fmt::format("{}", fmt::join(codes, "; "));
}

std::vector<Fact> field_facts(const Form& form, const Field& field) {
  const auto code_of_list = [&](std::uint32_t list) {
    return list == kNone ? std::string() : std::string(form.string(form.list(list).code));
  };
  const auto code_of_register = [&](std::uint32_t registry) {
    return registry == kNone ? std::string()
                             : std::string(form.string(form.registry(registry).code));
  };
  return {
      {"type", std::string(to_string(field.type))},
      {"list", code_of_list(field.list)},
      {"options offered", only(form, field)},
      {"options that stand alone",
       field.list == kNone ? std::string() : options(form, field, field.exclusive)},
      {"offered when", field.offered_when == kNone
                           ? std::string()
                           : std::string(form.code(form.question(field.offered_when)))},
      {"unit", std::string(form.string(field.unit))},
      {"minimum", field.has_minimum ? field.minimum.to_string() : std::string()},
      {"maximum", field.has_maximum ? field.maximum.to_string() : std::string()},
      {"decimals", is_figure(field.type) ? std::to_string(field.decimals) : std::string()},
      {"choices at most", number_or_nothing(field.most_choices)},
      {"words at most", number_or_nothing(field.most_words)},
      {"characters at most", number_or_nothing(field.most_characters)},
      {"pattern", std::string(form.string(field.pattern))},
      {"earliest", bound(field.earliest)},
      {"latest", bound(field.latest)},
      {"register", code_of_register(field.registry)},
      {"rows at least", number_or_nothing(field.least_rows)},
      {"rows at most", number_or_nothing(field.most_rows)},
      {"required", std::string(to_string(field.required))},
      {"visibility", std::string(to_string(field.floor))},
      {"personal", yes_or_nothing(field.is_personal)},
      {"repeats the header", field.bind == Binding::none ? "" : std::string(to_string(field.bind))},
      {"asked although reserved", yes_or_nothing(field.stays_open)},
      {"no reason in place of an answer", yes_or_nothing(field.always_answered)},
      {"provisions", provision_codes(form, field.provisions)},
      {"obligation", std::string(to_string(field.obligation))},
  };
}

std::string condition_words(const Form& form, std::uint32_t condition) {
  std::string text = condition_text(form, condition);
  if (condition == kNone) return text;
  const auto nodes = form.tables().conditions;
  for (std::uint32_t i = condition; i < nodes[condition].next; ++i) {
    if (nodes[i].kind != ConditionKind::count) continue;
    const ConditionNode& leaf = nodes[i + 1];
    std::vector<std::string_view> strings;
    for (const StringRef one :
         form.tables().condition_strings.subspan(leaf.strings.first, leaf.strings.count))
      strings.push_back(form.string(one));
    text += fmt::format(" [counted: {}/{}/{}/{}]", static_cast<int>(leaf.op), leaf.mask,
                        leaf.has_number ? leaf.number.to_string() : "", fmt::join(strings, ","));
  }
  return text;
}

std::string fate_of_answers(const ReleasePairing& pairing, const Field& from, const Field& to) {
  if (const std::string why = pairing.obstacle(from, to); !why.empty())
    return "not carried over: " + why;
  const std::vector<std::string> found = doubts(pairing, from, to);
  std::string text = found.empty()
                         ? std::string("carried over")
                         : fmt::format("carried over where they fit: {}", fmt::join(found, "; "));
  if (to.floor > from.floor)
    text += fmt::format("; none is more open than {}", to_string(to.floor));
  if (to.floor < from.floor)
    text += fmt::format("; each stays {} until the State opens it", to_string(from.floor));
  return text;
}

}  // namespace cosp
