// Feeds the files of a corpus to a fuzz target, where there is no libFuzzer: each whole, and cut in
// the middle, since what is cut is what arrives when a connection breaks.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
  if (fs::is_regular_file(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator{path}) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void replay(const std::vector<std::uint8_t>& bytes, std::size_t size) {
  // A copy of exactly this size, so that the address sanitizer sees a read past its end.
  const std::vector<std::uint8_t> input(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& file : files_of(argv[i])) {
      std::ifstream stream{file, std::ios::binary};
      const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{stream}, {}};
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      replay(bytes, bytes.size());
      replay(bytes, bytes.size() / 2);
      ++count;
    }
  }
  if (count == 0) std::fprintf(stderr, "no input: name the files or folders of a corpus\n");
  return count == 0 ? 1 : 0;
}
