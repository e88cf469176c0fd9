/// A small form in a temporary folder, for tests that change a file of it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace cosp::test {

/// Removes its folder at the end.
class FormFolder {
 public:
  FormFolder();
  ~FormFolder();
  FormFolder(const FormFolder&) = delete;
  FormFolder& operator=(const FormFolder&) = delete;

  /// Writes a file; an empty text removes it.
  void write(const std::string& file, std::string_view text) const;
  /// Replaces the one occurrence of `from` in a file; fails the test when there is none.
  void replace(const std::string& file, std::string_view from, std::string_view to) const;
  std::string read(const std::string& file) const;

  std::filesystem::path path() const { return root_ / "small-form" / "1.0.0"; }
  std::filesystem::path texts() const { return root_ / "texts"; }
  std::filesystem::path cache() const { return root_ / "cache"; }

 private:
  std::filesystem::path root_;
};

}  // namespace cosp::test
