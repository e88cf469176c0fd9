#include "validator/pattern.hpp"

#include <re2/re2.h>

#include <mutex>
#include <optional>

namespace cosp {

struct Pattern::Compiled {
  explicit Compiled(std::string_view given) : text(given) {}

  const re2::RE2& expression() {
    std::call_once(once, [this] {
      re2::RE2::Options options;
      options.set_log_errors(false);
      compiled.emplace(text, options);
    });
    return *compiled;
  }

  std::string text;
  std::once_flag once;
  std::optional<re2::RE2> compiled;
};

Pattern::Pattern(std::string_view text) : compiled_(std::make_shared<Compiled>(text)) {}

const std::string& Pattern::text() const { return compiled_->text; }

std::string Pattern::problem() const {
  const re2::RE2& expression = compiled_->expression();
  return expression.ok() ? std::string() : expression.error();
}

bool Pattern::matches_whole(std::string_view text) const {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression());
}

bool Pattern::matches_part(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                compiled_->expression());
}

std::string Pattern::masked(std::string_view text, std::string_view mask) const {
  std::string result(text);
  if (problem().empty())
    re2::RE2::GlobalReplace(&result, compiled_->expression(),
                            re2::StringPiece(mask.data(), mask.size()));
  return result;
}

}  // namespace cosp
