/// The documents' templates: read, checked and parsed once each, rendered as often as wanted.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "generator/template_shape.hpp"
#include "generator/template_value.hpp"

namespace cosp {

/// One thread at a time.
class TemplateSet {
 public:
  /// The text of templates/<name>: "thematic-report.mustache", "partials/masthead.mustache",
  /// "style.css".
  using Loader = std::function<Result<std::string>(std::string_view name)>;

  explicit TemplateSet(Loader loader);
  TemplateSet(TemplateSet&&) noexcept;
  TemplateSet& operator=(TemplateSet&&) noexcept;
  ~TemplateSet();

  /// An empty set with the same loader, for another thread; the loader must bear being called by
  /// both.
  TemplateSet another() const;

  /// Reads templates/<name>.mustache with its partials (`{{> masthead}}` is
  /// partials/masthead.mustache, `{{> style.css}}` is style.css), and checks each tag against
  /// `shape`. The shape must live as long as the set. Errors: the loader's; `too_large` above 256
  /// KB in all; `bad_input` for partials nested deeper than 4, bad syntax, or tags that the shape
  /// does not have, all of them in `what`, a line each.
  Result<void> check(std::string_view name, Shape shape);

  /// HTML. Texts are escaped, characters that XML forbids dropped; a name is looked up in the
  /// innermost scope only, or, as `page.<name>`, in the outermost one. `data` must fit the shape:
  /// otherwise std::logic_error. Errors: those of `check`.
  Result<std::string> render(std::string_view name, Shape shape, const TemplateObject& data);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
