#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cosp {

/// The alphabetical order of a language (Chinese: pinyin). Names that the order calls equal are put
/// in the order of their bytes, so that a sort has one result. Thread-safe when const.
///
/// Arabic does not skip the article "al-": give it sort names as data where that is wanted.
class Collator {
 public:
  /// A tag that is not well-formed, or a language without own rules, has the root order of Unicode.
  explicit Collator(std::string_view language);
  Collator(Collator&&) noexcept;
  Collator& operator=(Collator&&) noexcept;
  Collator(const Collator&) = delete;
  Collator& operator=(const Collator&) = delete;
  ~Collator();

  bool less(std::string_view left, std::string_view right) const;

  /// Bytes that compare as the texts do; cheaper than `less` when sorting much.
  std::string sort_key(std::string_view text) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
