/// From the bytes of the declarations to the packed form. For readers/ only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/mistake.hpp"
#include "readers/form_sources.hpp"

namespace cosp {

/// `contents` are the bytes of `sources`. Empty when there are mistakes, which come sorted.
std::string compile_declarations(const std::filesystem::path& form_folder,
                                 const std::vector<SourceFile>& sources,
                                 const std::vector<std::string>& contents,
                                 std::vector<Mistake>& mistakes);

}  // namespace cosp
