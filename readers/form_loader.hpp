/// Forms: compiled from their declarations, kept compiled in a cache.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// A form, or what is wrong with its declarations: never both.
struct FormCompilation {
  std::optional<Form> form;
  std::vector<Mistake> mistakes;  ///< by file and line, each once
};

/// Compiles the form declared in `form_folder` (docs/formats/form.md). `common_texts` is the folder
/// of texts that all forms share (data/texts); empty or missing: none.
///
/// Every mistake of meaning is found in one pass; a file whose syntax is broken gives one mistake,
/// and the rest is read without it. A folder that cannot be read is a mistake too. Where the
/// folder's name is a version (1.2.0), it and its parent's name must be the form's version and id.
///
/// `authentic_texts` is a folder of authentic texts given beside the form; empty or missing: only
/// the form's own.
FormCompilation compile_form(const std::filesystem::path& form_folder,
                             const std::filesystem::path& common_texts,
                             const std::filesystem::path& authentic_texts = {});

struct LoadedForm {
  Form form;
  bool was_compiled =
      false;  ///< no image served: it was missing, stale, damaged or of another build
};

/// The form from its compiled image in `cache_folder`, if that fits the declarations as they are
/// now, else compiled anew and stored there. Declarations are read (and hashed) only when a size, a
/// time of change or the set of files differs from what the image notes; an image that still holds
/// the same bytes gets the new times.
///
/// An empty `cache_folder` means no cache; one that cannot be written is no error. Two processes
/// may do this at once. Errors: `not_found` when there is no such folder, `bad_input` when the form
/// has mistakes (the first three are in `what`; `compile_form` tells all), `io`.
Result<LoadedForm> load_form(const std::filesystem::path& form_folder,
                             const std::filesystem::path& common_texts,
                             const std::filesystem::path& cache_folder,
                             const std::filesystem::path& authentic_texts = {});

}  // namespace cosp
