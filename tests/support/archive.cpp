#include "tests/support/archive.hpp"

#include <zip.h>

#include <cstdlib>

namespace cosp::test {

std::string zip_of(const Parts& parts, bool is_stored) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (archive == nullptr) std::abort();
  zip_source_keep(target);
  bool is_good = true;
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t added = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    is_good = is_good && added >= 0;
    if (added < 0) {
      zip_source_free(source);
      continue;
    }
    const auto index = static_cast<zip_uint64_t>(added);
    zip_file_set_dostime(archive, index, 0, 0x21, 0);
    if (is_stored) zip_set_file_compression(archive, index, ZIP_CM_STORE, 0);
  }
  if (!is_good || zip_close(archive) != 0) {
    zip_discard(archive);
    zip_source_free(target);
    return {};
  }
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace cosp::test
