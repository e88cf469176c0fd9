/// What names a template may use, scope by scope: a template is held against it when it is read,
/// and the data before every rendering, so that neither can drift from the other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/template_value.hpp"

namespace cosp {

enum class ShapeKind : std::uint8_t {
  text,    ///< `{{name}}`, always escaped
  markup,  ///< `{{{name}}}`: markup of our own making, never anything from outside
  flag,    ///< `{{#name}}`, `{{^name}}`
  list,    ///< the same; within it only the names of its items, and `page.<name>` of the outermost
           ///< scope
};

struct ShapeMember {
  std::string_view name;
  ShapeKind kind = ShapeKind::text;
  std::span<const ShapeMember> items = {};
};
using Shape = std::span<const ShapeMember>;

/// The member of that name; nullptr when there is none.
const ShapeMember* find_member(Shape shape, std::string_view name);

/// What is wrong with a template's tags, as "line N: …" with the nearest known name; empty when all
/// is well.
std::vector<std::string> check_template(std::string_view source, Shape shape);

/// The first place where the data have not exactly the names and kinds of the shape; empty when
/// they have.
std::string check_data(const TemplateObject& data, Shape shape);

}  // namespace cosp
