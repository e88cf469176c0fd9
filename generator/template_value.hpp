/// What a template is filled with: texts, flags, and lists of objects. No template language and no
/// escaping in it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cosp {

class TemplateObject;
using TemplateList = std::vector<TemplateObject>;
using TemplateValue = std::variant<std::string, bool, TemplateList>;

/// Named values, in the order they were set. Names are literals: they are kept as views.
class TemplateObject {
 public:
  struct Member;

  TemplateObject& set(std::string_view name, std::string text);
  TemplateObject& set(std::string_view name, std::string_view text) {
    return set(name, std::string(text));
  }
  TemplateObject& set(std::string_view name, const char* text) {
    return set(name, std::string(text));
  }
  TemplateObject& set(std::string_view name, bool flag);
  TemplateObject& set(std::string_view name, TemplateList list);
  /// A list of this one object: how a template says "if there is one, with it".
  TemplateObject& set(std::string_view name, TemplateObject one);

  /// nullptr when there is none of that name.
  const TemplateValue* find(std::string_view name) const;
  const std::vector<Member>& members() const { return members_; }

 private:
  TemplateObject& put(std::string_view name, TemplateValue value);
  std::vector<Member> members_;
};

struct TemplateObject::Member {
  std::string_view name;
  TemplateValue value;
};

}  // namespace cosp
