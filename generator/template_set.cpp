#include "generator/template_set.hpp"

#include <deque>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "base/escape.hpp"

namespace cosp {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kMostBytes = 256u << 10;
constexpr int kDeepestPartial = 4;
constexpr std::string_view kPagePrefix = "page.";

/// Answers the renderer from our own data, so that they are not copied into the library's, level by
/// level; and looks a name up in one scope only, where the library's own context goes outwards and
/// prints another State's name.
class StrictContext final : public mustache::basic_context<std::string> {
 public:
  explicit StrictContext(const TemplateObject& page) : yes_(true), no_(false) {
    scopes_.push_back(&page);
  }

  void push(const mustache::data* item) override {
    const auto found = objects_.find(item);
    scopes_.push_back(found == objects_.end() ? scopes_.back() : found->second);
  }
  void pop() override { scopes_.pop_back(); }

  const mustache::data* get(const std::string& name) const override {
    const bool is_page = name.starts_with(kPagePrefix);
    const TemplateObject& scope = is_page ? *scopes_.front() : *scopes_.back();
    const TemplateValue* value =
        scope.find(is_page ? std::string_view(name).substr(kPagePrefix.size()) : name);
    if (value == nullptr) throw std::logic_error("template name that was not checked: " + name);
    if (const auto* flag = std::get_if<bool>(value)) return *flag ? &yes_ : &no_;
    if (const auto* list = std::get_if<TemplateList>(value))
      return list->empty() ? &no_ : placeholders(*list);
    text_ = mustache::data(std::get<std::string>(*value));
    return &text_;
  }

  const mustache::data* get_partial(const std::string& name) const override {
    throw std::logic_error("partial that was not put in: " + name);
  }

 private:
  /// A list of empty items, each known by its address.
  const mustache::data* placeholders(const TemplateList& list) const {
    const auto known = lists_.find(&list);
    if (known != lists_.end()) return known->second;
    const mustache::data& made =
        kept_.emplace_back(mustache::list(list.size(), mustache::data(true)));
    for (std::size_t i = 0; i < list.size(); ++i) objects_.emplace(&made.list_value()[i], &list[i]);
    lists_.emplace(&list, &made);
    return &made;
  }

  std::vector<const TemplateObject*> scopes_;
  mustache::data yes_;
  mustache::data no_;
  mutable mustache::data text_;
  mutable std::deque<mustache::data> kept_;
  mutable std::unordered_map<const TemplateList*, const mustache::data*> lists_;
  mutable std::unordered_map<const mustache::data*, const TemplateObject*> objects_;
};

/// Puts partials in where they are named: the library would parse them anew at each use.
class Inliner {
 public:
  explicit Inliner(const TemplateSet::Loader& loader) : loader_(loader) {}

  Result<std::string> read(const std::string& name, int depth) {
    if (depth > kDeepestPartial)
      return Error{Error::Kind::bad_input, "partials are nested too deep", name};
    Result<std::string> source = loader_(name);
    if (!source) return source;
    bytes_ += source->size();
    if (bytes_ > kMostBytes)
      return Error{Error::Kind::too_large, "template is larger than 256 KB", name};
    // A text file ends in a line feed, which would become part of the place it is put in.
    if (depth > 0 && source->ends_with('\n')) source->pop_back();
    return put_in(*source, name, depth);
  }

 private:
  Result<std::string> put_in(std::string_view source, const std::string& name, int depth) {
    std::string whole;
    for (;;) {
      const std::size_t at = source.find("{{>");
      if (at == std::string_view::npos) break;
      const std::size_t end = source.find("}}", at);
      if (end == std::string_view::npos)
        return Error{Error::Kind::bad_input, "a tag that is never closed", name};
      whole += source.substr(0, at);
      Result<std::string> partial = read(path_of(source.substr(at + 3, end - at - 3)), depth + 1);
      if (!partial) return partial;
      whole += *partial;
      source.remove_prefix(end + 2);
    }
    return whole.append(source);
  }

  static std::string path_of(std::string_view word) {
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    return word.ends_with(".css") ? std::string(word) : fmt::format("partials/{}.mustache", word);
  }

  const TemplateSet::Loader& loader_;
  std::size_t bytes_ = 0;
};

}  // namespace

struct TemplateSet::Implementation {
  struct Parsed {
    std::unique_ptr<mustache::mustache> body;
    const ShapeMember* shape = nullptr;  ///< it was checked against
  };

  explicit Implementation(Loader given) : loader(std::move(given)) {}

  Result<mustache::mustache*> find(std::string_view name, Shape shape);

  Loader loader;
  std::map<std::string, Parsed, std::less<>> parsed;
};

Result<mustache::mustache*> TemplateSet::Implementation::find(std::string_view name, Shape shape) {
  const auto known = parsed.find(name);
  if (known != parsed.end() && known->second.shape == shape.data()) return known->second.body.get();
  const std::string file = fmt::format("{}.mustache", name);
  const Result<std::string> source = Inliner(loader).read(file, 0);
  if (!source) return source.error();
  const std::vector<std::string> mistakes = check_template(*source, shape);
  if (!mistakes.empty())
    return Error{Error::Kind::bad_input, fmt::format("{}", fmt::join(mistakes, "\n")), file};
  auto body = std::make_unique<mustache::mustache>(*source);
  if (!body->is_valid()) return Error{Error::Kind::bad_input, body->error_message(), file};
  body->set_custom_escape([](const std::string& text) { return escape::html(text); });
  Parsed& entry = parsed[std::string(name)];
  entry = {std::move(body), shape.data()};
  return entry.body.get();
}

TemplateSet::TemplateSet(Loader loader)
    : implementation_(std::make_unique<Implementation>(std::move(loader))) {}
TemplateSet::TemplateSet(TemplateSet&&) noexcept = default;
TemplateSet& TemplateSet::operator=(TemplateSet&&) noexcept = default;
TemplateSet::~TemplateSet() = default;

TemplateSet TemplateSet::another() const { return TemplateSet(implementation_->loader); }

Result<void> TemplateSet::check(std::string_view name, Shape shape) {
  const auto found = implementation_->find(name, shape);
  if (!found) return found.error();
  return {};
}

Result<std::string> TemplateSet::render(std::string_view name, Shape shape,
                                        const TemplateObject& data) {
  const auto found = implementation_->find(name, shape);
  if (!found) return found.error();
  if (const std::string mistake = check_data(data, shape); !mistake.empty())
    throw std::logic_error("data do not fit the template: " + mistake);
  StrictContext context(data);
  std::string page = (*found)->render(context);
  if (!(*found)->is_valid())
    return Error{Error::Kind::bad_input, (*found)->error_message(), std::string(name)};
  return page;
}

}  // namespace cosp
