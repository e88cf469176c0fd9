/// The compiled form as one block of bytes: written to a file, mapped from it. For readers/ only.
///
/// Layout: a header, the stamps of the declarations it was made from, then (on a multiple of 8) the
/// form: a directory of sections, the sections on multiples of 8, the string pool last. Numbers are
/// the machine's own: an image is a cache and never leaves the machine or the build that made it.
///
/// What protects a reader: the header's fingerprint (of the layout and of the compiler's source, so
/// an image of another build is never read), the checksum over everything behind it (torn, cut or
/// damaged files), and the bounds of each section. Offsets within records are not checked one by
/// one: behind the checksum they are what the compiler wrote. Whoever can write into the cache
/// folder can replace the declarations as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"
#include "readers/form_draft.hpp"
#include "readers/form_sources.hpp"

namespace cosp {

/// The form alone, without header and stamps; starts on a multiple of 8 when stored so.
std::string pack_form(const FormDraft& draft);

/// Tables over packed bytes, which must start on a multiple of 8 and outlive them. Nothing when a
/// section leaves them.
std::optional<FormTables> view_form(std::string_view packed);

/// A whole image.
std::string pack_image(std::string_view packed_form, const std::vector<SourceFile>& sources);

/// What an image holds, once its header, checksum and bounds have been found good.
struct ImageView {
  std::string_view packed_form;
  FormTables tables;
  bool has_same_sources = false;  ///< same files, sizes and times of change as those given
};

/// Nothing when the bytes are no image of this build or are damaged.
std::optional<ImageView> view_image(std::string_view bytes, const std::vector<SourceFile>& sources);

}  // namespace cosp
