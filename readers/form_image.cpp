#include "readers/form_image.hpp"

#include <cstring>
#include <type_traits>

#include "base/digest.hpp"
#include "readers/form_fingerprint.hpp"

namespace cosp {
namespace {

constexpr std::size_t kAlignment = 8;
constexpr std::uint64_t kMagic = 0x314D524F46534F43;  // "COSFORM1" on little-endian machines

struct ImageHeader {
  std::uint64_t magic = kMagic;
  std::uint64_t checksum = 0;  ///< of all behind this number
  std::uint64_t fingerprint = 0;
  std::uint64_t bytes = 0;        ///< of the whole image
  std::uint64_t form_offset = 0;  ///< a multiple of 8
  std::uint64_t stamps = 0;  ///< their number; they follow the header, each with its path behind it
};
static_assert(sizeof(ImageHeader) % kAlignment == 0);
constexpr std::size_t kChecksumEnd =
    16;  ///< what stands before is the magic number and the checksum

struct Stamp {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t path_bytes = 0;
};

struct Section {
  std::uint64_t offset = 0;
  std::uint64_t count = 0;
};

std::size_t aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

template <class T>
void append_bytes(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T read_at(std::string_view bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

/// Identity, the tables, the pool.
std::size_t section_count() {
  std::size_t count = 2;
  FormTables tables;
  visit_tables(tables, [&](auto&) { ++count; });
  return count;
}

/// Sizes and alignments of the records, and the sources of the compiler.
std::uint64_t fingerprint() {
  std::string text = kFormFingerprint;
  FormTables tables;
  visit_tables(tables, [&](auto& table) {
    using Record = typename std::remove_reference_t<decltype(table)>::value_type;
    static_assert(alignof(Record) <= kAlignment);
    text += "," + std::to_string(sizeof(Record)) + "/" + std::to_string(alignof(Record));
  });
  text += "," + std::to_string(sizeof(FormIdentity));
  return fast_checksum(text);
}

/// Bytes between the members of a record are whatever stood in memory: set to zero, so that equal
/// forms are equal images.
template <class Record>
void clear_padding([[maybe_unused]] Record& record) {
#if defined(__GNUC__) && !defined(__clang__)
  __builtin_clear_padding(&record);
#endif
}

template <class Record>
Section append_section(std::string& out, const std::vector<Record>& records) {
  static_assert(std::is_trivially_copyable_v<Record>);
  out.resize(aligned(out.size()));
  const Section section{out.size(), records.size()};
  for (Record record : records) {
    if constexpr (std::is_class_v<Record>) clear_padding(record);
    append_bytes(out, record);
  }
  return section;
}

bool is_within(const Section& section, std::size_t record_bytes, std::size_t bytes) {
  return section.offset % kAlignment == 0 && section.offset <= bytes &&
         section.count <= (bytes - section.offset) / record_bytes;
}

void append_stamps(std::string& out, const std::vector<SourceFile>& sources) {
  for (const SourceFile& source : sources) {
    const std::string& path = source.path;
    append_bytes(out, Stamp{source.bytes, source.modified_ns, path.size()});
    out += path;
  }
}

}  // namespace

std::string pack_form(const FormDraft& draft) {
  std::vector<Section> sections;
  std::string out(section_count() * sizeof(Section), '\0');
  sections.push_back(append_section(out, std::vector<FormIdentity>{draft.identity}));
  visit_tables(draft,
               [&](const auto& records) { sections.push_back(append_section(out, records)); });
  out.resize(aligned(out.size()));
  sections.push_back({out.size(), draft.pool.bytes().size()});
  out += draft.pool.bytes();
  out.resize(aligned(out.size()));
  std::memcpy(out.data(), sections.data(), sections.size() * sizeof(Section));
  return out;
}

std::optional<FormTables> view_form(std::string_view packed) {
  const std::size_t directory = section_count() * sizeof(Section);
  if (packed.size() < directory ||
      reinterpret_cast<std::uintptr_t>(packed.data()) % kAlignment != 0)
    return std::nullopt;
  std::size_t next = 0;
  bool is_good = true;
  const auto take = [&](std::size_t record_bytes) {
    const auto section = read_at<Section>(packed, next * sizeof(Section));
    ++next;
    is_good = is_good && is_within(section, record_bytes, packed.size());
    return section;
  };
  FormTables tables;
  const Section identity = take(sizeof(FormIdentity));
  visit_tables(tables, [&](auto& table) {
    using Record = typename std::remove_reference_t<decltype(table)>::value_type;
    const Section section = take(sizeof(Record));
    if (is_good)
      table = {reinterpret_cast<const Record*>(packed.data() + section.offset), section.count};
  });
  const Section pool = take(1);
  if (!is_good || identity.count != 1) return std::nullopt;
  tables.pool = packed.substr(pool.offset, pool.count);
  const auto own = read_at<FormIdentity>(packed, identity.offset);
  tables.id = own.id;
  tables.version = own.version;
  tables.status = own.status;
  tables.structure_digest = own.structure_digest;
  tables.rules_digest = own.rules_digest;
  tables.source_digest = own.source_digest;
  tables.submitters = own.submitters;
  return tables;
}

std::string pack_image(std::string_view packed_form, const std::vector<SourceFile>& sources) {
  std::string out(sizeof(ImageHeader), '\0');
  append_stamps(out, sources);
  out.resize(aligned(out.size()));
  ImageHeader header;
  header.fingerprint = fingerprint();
  header.form_offset = out.size();
  header.stamps = sources.size();
  out += packed_form;
  header.bytes = out.size();
  std::memcpy(out.data(), &header, sizeof header);
  header.checksum = fast_checksum(std::string_view(out).substr(kChecksumEnd));
  std::memcpy(out.data(), &header, sizeof header);
  return out;
}

std::optional<ImageView> view_image(std::string_view bytes,
                                    const std::vector<SourceFile>& sources) {
  if (bytes.size() < sizeof(ImageHeader)) return std::nullopt;
  const auto header = read_at<ImageHeader>(bytes, 0);
  if (header.magic != kMagic || header.fingerprint != fingerprint() ||
      header.bytes != bytes.size() || header.form_offset < sizeof header ||
      header.form_offset > bytes.size() || header.form_offset % kAlignment != 0 ||
      header.checksum != fast_checksum(bytes.substr(kChecksumEnd)))
    return std::nullopt;
  ImageView view;
  view.packed_form = bytes.substr(header.form_offset);
  const auto tables = view_form(view.packed_form);
  if (!tables) return std::nullopt;
  view.tables = *tables;
  std::string stamps;
  append_stamps(stamps, sources);
  view.has_same_sources = header.stamps == sources.size() &&
                          stamps.size() <= header.form_offset - sizeof header &&
                          aligned(sizeof header + stamps.size()) == header.form_offset &&
                          bytes.substr(sizeof header, stamps.size()) == stamps;
  return view;
}

}  // namespace cosp
