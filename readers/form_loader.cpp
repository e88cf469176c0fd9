#include "readers/form_loader.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "readers/form_compiler.hpp"
#include "readers/form_image.hpp"
#include "readers/form_sources.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostImageBytes = std::uint64_t{256} << 20;

/// A file changed within this time before the image was written may have changed once more without
/// showing it: clocks of file systems tick every few milliseconds.
constexpr std::int64_t kClockTickNs = 100'000'000;

/// What was compiled, and from what.
struct Compiled {
  std::string packed;
  std::vector<SourceFile> sources;
  std::vector<Mistake> mistakes;
};

Result<Compiled> compile_sources(const fs::path& folder, std::vector<SourceFile> sources) {
  auto contents = read_sources(sources);
  if (!contents) return contents.error();
  Compiled compiled;
  compiled.packed = compile_declarations(folder, sources, *contents, compiled.mistakes);
  compiled.sources = std::move(sources);
  return compiled;
}

Result<Compiled> compile_folder(const fs::path& folder, const fs::path& common_texts,
                                const fs::path& authentic_texts) {
  auto sources = list_sources(folder, common_texts, authentic_texts);
  if (!sources) return sources.error();
  return compile_sources(folder, std::move(sources).value());
}

/// A form that owns its bytes.
Form form_of(std::string packed) {
  auto storage = std::make_shared<const std::string>(std::move(packed));
  const auto tables = view_form(*storage);
  return Form(tables.value(), storage);
}

Error mistakes_error(const fs::path& folder, const std::vector<Mistake>& mistakes) {
  constexpr std::size_t kShown = 3;
  std::string what = "the form has " + std::to_string(mistakes.size()) +
                     (mistakes.size() == 1 ? " mistake" : " mistakes");
  for (std::size_t i = 0; i < std::min(kShown, mistakes.size()); ++i)
    what += (i == 0 ? ": " : "; ") + mistakes[i].file + ":" + std::to_string(mistakes[i].line) +
            ": " + mistakes[i].what;
  return {Error::Kind::bad_input, std::move(what), folder.string()};
}

std::string file_safe(std::string_view text) {
  std::string safe(text);
  for (char& c : safe)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
          c == '-'))
      c = '_';
  return safe;
}

/// The same name for every way to write the same folders.
fs::path image_path(const fs::path& folder, const fs::path& common_texts,
                    const fs::path& authentic_texts, const fs::path& cache_folder) {
  std::error_code ignored;
  const fs::path form = fs::weakly_canonical(folder, ignored);
  const fs::path texts =
      common_texts.empty() ? fs::path{} : fs::weakly_canonical(common_texts, ignored);
  std::string folders = form.string() + "\n" + texts.string();
  if (!authentic_texts.empty())
    folders += "\n" + fs::weakly_canonical(authentic_texts, ignored).string();
  const std::string key = sha256_hex(std::string_view(folders)).substr(0, 16);
  return cache_folder / (file_safe(form.parent_path().filename().string()) + "-" +
                         file_safe(form.filename().string()) + "-" + key + ".form");
}

/// Whether a declaration changed so shortly before the image was written that its time proves
/// nothing.
bool is_too_fresh(const fs::path& image, const std::vector<SourceFile>& sources) {
  struct stat status {};
  if (::stat(image.c_str(), &status) != 0) return true;
  const std::int64_t written =
      static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
  return std::any_of(sources.begin(), sources.end(), [&](const SourceFile& source) {
    return source.modified_ns > written - kClockTickNs;
  });
}

/// The form from its image; nothing when the image does not serve.
std::optional<Form> from_image(const fs::path& path, const std::vector<SourceFile>& sources) {
  auto mapped = MappedFile::open(path, kMostImageBytes);
  if (!mapped) return std::nullopt;
  const auto file = std::make_shared<const MappedFile>(std::move(mapped).value());
  const auto view = view_image(file->bytes(), sources);
  if (!view) return std::nullopt;
  if (view->has_same_sources && !is_too_fresh(path, sources)) return Form(view->tables, file);
  const auto contents = read_sources(sources);
  const StringRef digest = view->tables.source_digest;
  if (!contents ||
      view->tables.pool.substr(digest.offset, digest.size) != digest_sources(sources, *contents))
    return std::nullopt;
  // Same bytes: only the times are noted anew.
  (void)write_file(path, pack_image(view->packed_form, sources));
  return Form(view->tables, file);
}

}  // namespace

FormCompilation compile_form(const fs::path& form_folder, const fs::path& common_texts,
                             const fs::path& authentic_texts) {
  FormCompilation compilation;
  auto compiled = compile_folder(form_folder, common_texts, authentic_texts);
  if (!compiled) {
    compilation.mistakes.push_back({compiled.error().where, 0, 0, compiled.error().what});
    return compilation;
  }
  compilation.mistakes = std::move(compiled->mistakes);
  if (compilation.mistakes.empty()) compilation.form = form_of(std::move(compiled->packed));
  return compilation;
}

Result<LoadedForm> load_form(const fs::path& form_folder, const fs::path& common_texts,
                             const fs::path& cache_folder, const fs::path& authentic_texts) {
  auto sources = list_sources(form_folder, common_texts, authentic_texts);
  if (!sources) return sources.error();
  const bool has_cache = !cache_folder.empty();
  const fs::path image =
      has_cache ? image_path(form_folder, common_texts, authentic_texts, cache_folder) : fs::path{};
  if (has_cache)
    if (auto form = from_image(image, *sources)) return LoadedForm{std::move(*form), false};
  auto compiled = compile_sources(form_folder, std::move(sources).value());
  if (!compiled) return compiled.error();
  if (!compiled->mistakes.empty()) return mistakes_error(form_folder, compiled->mistakes);
  if (has_cache) {
    std::error_code ignored;
    fs::create_directories(cache_folder, ignored);
    (void)write_file(image, pack_image(compiled->packed, compiled->sources));
  }
  return LoadedForm{form_of(std::move(compiled->packed)), true};
}

}  // namespace cosp
