#include "generator/template_shape.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace cosp {
namespace {

constexpr std::string_view kPagePrefix = "page.";

struct Tag {
  char sign = ' ';  ///< ' ', '{', '&', '#', '^', '/', '!', or another that is refused
  std::string_view name;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// Goes over the tags of one template, with the scopes that are open.
class TagChecker {
 public:
  TagChecker(std::string_view source, Shape shape) : source_(source), root_(shape) {
    scopes_.push_back({{}, shape});
  }

  std::vector<std::string> check() {
    std::size_t at = 0;
    while ((at = source_.find("{{", at)) != std::string_view::npos) {
      line_ += static_cast<std::size_t>(std::count(
          source_.begin() + counted_, source_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted_ = static_cast<std::ptrdiff_t>(at);
      const bool is_triple = source_.substr(at).starts_with("{{{");
      const std::string_view closing = is_triple ? "}}}" : "}}";
      const std::size_t begin = at + closing.size();
      const std::size_t end = source_.find(closing, begin);
      if (end == std::string_view::npos) {
        complain("a tag that is never closed");
        break;
      }
      take(read_tag(source_.substr(begin, end - begin), is_triple));
      at = end + closing.size();
    }
    if (scopes_.size() > 1)
      complain(fmt::format("section \"{}\" is never closed", scopes_.back().name));
    return mistakes_;
  }

 private:
  struct Scope {
    std::string_view name;
    Shape shape;
  };

  static Tag read_tag(std::string_view content, bool is_triple) {
    content = trimmed(content);
    if (is_triple) return {'{', content};
    if (!content.empty() &&
        std::string_view("&#^/!>=").find(content.front()) != std::string_view::npos)
      return {content.front(), trimmed(content.substr(1))};
    return {' ', content};
  }

  void complain(const std::string& what) {
    mistakes_.push_back(fmt::format("line {}: {}", line_, what));
  }

  const ShapeMember* resolve(std::string_view name) {
    const bool is_page = name.starts_with(kPagePrefix);
    const Shape shape = is_page ? root_ : scopes_.back().shape;
    const std::string_view bare = is_page ? name.substr(kPagePrefix.size()) : name;
    if (const ShapeMember* member = find_member(shape, bare)) return member;
    std::vector<std::string_view> known;
    for (const ShapeMember& member : shape) known.push_back(member.name);
    const auto near = nearest(bare, known);
    complain(near ? fmt::format("unknown name \"{}\", did you mean \"{}\"?", name, *near)
                  : fmt::format("unknown name \"{}\"", name));
    return nullptr;
  }

  void take(const Tag& tag) {
    switch (tag.sign) {
      case '!': return;
      case '/': return close(tag.name);
      case '#':
      case '^': return open(tag);
      case ' ':
      case '{':
      case '&': return place(tag);
      default: return complain(fmt::format("expected no tag \"{}\"", tag.sign));
    }
  }

  void place(const Tag& tag) {
    const ShapeMember* member = resolve(tag.name);
    if (member == nullptr) return;
    if (member->kind == ShapeKind::markup && tag.sign == ' ')
      complain(fmt::format("\"{}\" is markup: expected three braces", tag.name));
    if (member->kind == ShapeKind::text && tag.sign != ' ')
      complain(fmt::format("\"{}\" is a text: expected two braces", tag.name));
    if (member->kind == ShapeKind::flag || member->kind == ShapeKind::list)
      complain(fmt::format("\"{}\" is no text: expected a section", tag.name));
  }

  void open(const Tag& tag) {
    const ShapeMember* member = resolve(tag.name);
    Shape inside = scopes_.back().shape;
    if (member != nullptr && member->kind == ShapeKind::list && tag.sign == '#')
      inside = member->items;
    if (member != nullptr && (member->kind == ShapeKind::text || member->kind == ShapeKind::markup))
      complain(fmt::format("\"{}\" is a text: expected no section", tag.name));
    scopes_.push_back({tag.name, inside});
  }

  void close(std::string_view name) {
    if (scopes_.size() == 1 || scopes_.back().name != name) {
      complain(fmt::format("section \"{}\" is closed here, but is not the one that is open", name));
      return;
    }
    scopes_.pop_back();
  }

  std::string_view source_;
  Shape root_;
  std::vector<Scope> scopes_;
  std::vector<std::string> mistakes_;
  std::size_t line_ = 1;
  std::ptrdiff_t counted_ = 0;
};

std::string check_value(const TemplateValue& value, const ShapeMember& member) {
  const bool is_right = std::holds_alternative<std::string>(value)
                            ? member.kind == ShapeKind::text || member.kind == ShapeKind::markup
                        : std::holds_alternative<bool>(value) ? member.kind == ShapeKind::flag
                                                              : member.kind == ShapeKind::list;
  if (!is_right) return fmt::format("\"{}\" is of another kind", member.name);
  if (const auto* list = std::get_if<TemplateList>(&value))
    for (const TemplateObject& item : *list)
      if (std::string mistake = check_data(item, member.items); !mistake.empty())
        return fmt::format("{}: {}", member.name, mistake);
  return {};
}

}  // namespace

const ShapeMember* find_member(Shape shape, std::string_view name) {
  const auto found = std::find_if(shape.begin(), shape.end(),
                                  [&](const ShapeMember& member) { return member.name == name; });
  return found == shape.end() ? nullptr : &*found;
}

std::vector<std::string> check_template(std::string_view source, Shape shape) {
  return TagChecker(source, shape).check();
}

std::string check_data(const TemplateObject& data, Shape shape) {
  for (const ShapeMember& member : shape)
    if (data.find(member.name) == nullptr) return fmt::format("\"{}\" is missing", member.name);
  if (data.members().size() != shape.size())
    return "a name is given twice, or is none of the shape's";
  for (const ShapeMember& member : shape)
    if (std::string mistake = check_value(*data.find(member.name), member); !mistake.empty())
      return mistake;
  return {};
}

}  // namespace cosp
