#include "service/answer_carrier.hpp"

#include <fmt/format.h>

namespace cosp {
namespace {

using Json = nlohmann::json;

CarriedValue lost(const Json& value, std::string why) {
  return {std::nullopt, {{value, std::move(why)}}};
}

/// Why the day lies outside the bounds; empty when it does not. Moments of a cycle bind only there.
std::string out_of_bounds(const Field& field, const Json& value) {
  const auto day = Date::parse(value.get<std::string>());
  if (!day) return "it is no date";
  if (field.earliest.is_set && *day < field.earliest.date)
    return fmt::format("it is before {}", field.earliest.date.to_string());
  if (field.latest.is_set && *day > field.latest.date)
    return fmt::format("it is after {}", field.latest.date.to_string());
  return {};
}

std::string out_of_range(const Field& field, const Json& value) {
  const auto figure = Decimal::parse(value.get<std::string>());
  if (!figure) return "it is no figure";
  if (field.has_minimum && *figure < field.minimum)
    return fmt::format("it is below {}", field.minimum.to_string());
  if (field.has_maximum && *figure > field.maximum)
    return fmt::format("it is above {}", field.maximum.to_string());
  if (figure->decimals() > field.decimals)
    return fmt::format("it has more than {} decimals", field.decimals);
  return {};
}

/// Choices, languages and provisions: a set of codes, each with its own fate.
class SetCarrier {
 public:
  SetCarrier(const ReleasePairing& pairing, const Field& from, const Field& to)
      : pairing_(pairing), from_(from), to_(to) {}

  CarriedValue carry(const Json& value) {
    const bool was_one = value.is_string();
    for (const Json& code : was_one ? Json::array({value}) : value) take(code);
    if (kept_.empty()) return std::move(made_);
    if (is_single() && kept_.size() > 1) return lost(value, "only one can be chosen now");
    if (is_choice(to_.type))
      if (const std::string why = conflict(); !why.empty()) return lost(value, why);
    made_.value = is_single() ? kept_.front() : kept_;
    return std::move(made_);
  }

 private:
  bool is_single() const {
    return to_.type == QuestionType::language ||
           (is_choice(to_.type) && to_.type != QuestionType::multi);
  }

  void take(const Json& code) {
    const auto text = code.get<std::string>();
    std::string why;
    const std::string now = is_choice(to_.type)                    ? option(text, why)
                            : to_.type == QuestionType::provisions ? provision(text, why)
                                                                   : text;
    if (now.empty())
      made_.losses.push_back({code, why});
    else
      kept_.push_back(now);
  }

  std::string option(const std::string& code, std::string& why) {
    const auto moved = pairing_.option(from_.list, code);
    why = moved.why;
    if (moved.code.empty()) return {};
    const std::uint32_t position = pairing_.to().find_option(to_.list, moved.code);
    if (position == kNone || (to_.allowed >> position & 1) == 0) {
      why = fmt::format("{} is no option now", moved.code);
      return {};
    }
    const Option& found = pairing_.to().options_of(to_.list)[position];
    stands_alone_ |= found.is_exclusive || (to_.exclusive >> position & 1) != 0;
    return std::string(moved.code);
  }

  std::string provision(const std::string& code, std::string& why) const {
    const std::uint32_t index = pairing_.from().find_provision(code);
    const Counterpart& now = pairing_.provision(index);
    if (now.to == kNone) {
      why = now.why;
      return {};
    }
    return std::string(pairing_.to().string(pairing_.to().provisions()[now.to].code));
  }

  std::string conflict() const {
    // "None of these" left over from a choice whose other options are gone would say what nobody
    // said.
    if (stands_alone_ && (kept_.size() > 1 || !made_.losses.empty()))
      return "one of these options stands alone now";
    if (to_.most_choices > 0 && kept_.size() > to_.most_choices)
      return fmt::format("at most {} options can be chosen now", to_.most_choices);
    return {};
  }

  const ReleasePairing& pairing_;
  const Field& from_;
  const Field& to_;
  CarriedValue made_;
  Json kept_ = Json::array();
  bool stands_alone_ = false;
};

CarriedValue held_to(const Json& value, const std::string& why) {
  if (!why.empty()) return lost(value, why);
  return {value, {}};
}

}  // namespace

CarriedValue carry_value(const ReleasePairing& pairing, const Field& from, const Field& to,
                         const Json& value) {
  if (std::string why = pairing.obstacle(from, to); !why.empty())
    return lost(value, std::move(why));
  switch (to.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::multi:
    case QuestionType::yes_no: return SetCarrier(pairing, from, to).carry(value);
    case QuestionType::language: return SetCarrier(pairing, from, to).carry(value);
    case QuestionType::languages:
    case QuestionType::provisions: return SetCarrier(pairing, from, to).carry(value);
    case QuestionType::number: return held_to(value, out_of_range(to, value));
    case QuestionType::money: return held_to(value, out_of_range(to, value.at("amount")));
    case QuestionType::date: return held_to(value, out_of_bounds(to, value));
    case QuestionType::reference:
      return held_to(value, to.most_rows > 0 && value.size() > to.most_rows
                                ? fmt::format("at most {} rows can be cited now", to.most_rows)
                                : std::string());
    case QuestionType::text:
    case QuestionType::long_text:
    case QuestionType::period:
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: break;
  }
  return {value, {}};
}

}  // namespace cosp
