#include "generator/template_value.hpp"

namespace cosp {

TemplateObject& TemplateObject::put(std::string_view name, TemplateValue value) {
  members_.push_back(Member{name, std::move(value)});
  return *this;
}

TemplateObject& TemplateObject::set(std::string_view name, std::string text) {
  return put(name, TemplateValue(std::in_place_index<0>, std::move(text)));
}

TemplateObject& TemplateObject::set(std::string_view name, bool flag) {
  return put(name, TemplateValue(std::in_place_index<1>, flag));
}

TemplateObject& TemplateObject::set(std::string_view name, TemplateList list) {
  return put(name, TemplateValue(std::in_place_index<2>, std::move(list)));
}

TemplateObject& TemplateObject::set(std::string_view name, TemplateObject one) {
  TemplateList list;
  list.push_back(std::move(one));
  return set(name, std::move(list));
}

const TemplateValue* TemplateObject::find(std::string_view name) const {
  for (const Member& member : members_)
    if (member.name == name) return &member.value;
  return nullptr;
}

}  // namespace cosp
