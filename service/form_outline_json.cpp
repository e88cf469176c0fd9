#include <nlohmann/json.hpp>

#include "service/form_outline.hpp"

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Form& form, const Rule& rule, std::uint32_t language) {
  Json provisions = Json::array();
  for (const std::uint32_t index : form.provisions_of(rule.provisions))
    provisions.push_back(form.string(form.provisions()[index].code));
  Json json = {{"id", form.string(rule.id)},
               {"severity", to_string(rule.severity)},
               {"stage", to_string(rule.stage)},
               {"for", rule.parties_only ? "parties" : "all"},
               {"provisions", provisions},
               {"places", rule.instances.count},
               {"message", form.text(rule.message, language).value},
               {"why", form.text(rule.why, language).value},
               {"mend", form.text(rule.mend, language).value}};
  if (rule.check.size > 0) json["check"] = form.string(rule.check);
  json["examples"] = Json::parse(form.string(rule.examples), nullptr, false);
  return json;
}

}  // namespace

std::string rules_json(const Form& form, std::string_view language) {
  const std::uint32_t index = form.language(language);
  Json rules = Json::array();
  for (const Rule& rule : form.rules()) rules.push_back(to_json(form, rule, index));
  const Json document = {{"form", {{"id", form.id()}, {"version", form.version()}}},
                         {"digest", form.rules_digest()},
                         {"rules", rules}};
  return document.dump(2) + "\n";
}

std::string rule_json(const Form& form, std::uint32_t rule, std::string_view language) {
  return to_json(form, form.rules()[rule], form.language(language)).dump(2) + "\n";
}

}  // namespace cosp
