// Reading a filled workbook of 100,000 cells, as a ratio to a bare walk of libzip and expat over
// the same file in the same run (counter "ratio"). Budget: 2.

#include <benchmark/benchmark.h>
#include <expat.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "base/file.hpp"
#include "readers/workbook_reader.hpp"
#include "service/workspace.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kCells = 100'000;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

/// What fits into a column.
std::string answer_for(const Form& form, const Column& column, std::uint32_t row) {
  switch (column.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: {
      const auto options = form.options_of(column.list);
      return std::string(form.text(options[row % options.size()].label, 0).value);
    }
    case QuestionType::date: return "2027-12-31";
    case QuestionType::number: return std::to_string(row);
    case QuestionType::text:
    case QuestionType::long_text:
      return "Article " + std::to_string(row) + " of the act on data in " +
             std::string(form.code(column));
    default: return {};
  }
}

void write_register(lxw_workbook* book, const Form& form, const Register& registry,
                    std::uint32_t rows, std::uint32_t& cells) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  const std::string marker = "cosp/1 register " + std::string(form.string(registry.code));
  worksheet_write_string(sheet, 0, 0, marker.c_str(), nullptr);
  lxw_col_t last = 0;
  for (const Column& column : form.columns_of(registry)) {
    if (column.is_personal || answer_for(form, column, 0).empty()) continue;
    worksheet_write_string(sheet, 0, ++last, std::string(form.code(column)).c_str(), nullptr);
    for (std::uint32_t row = 1; row <= rows; ++row, ++cells) {
      const std::string answer = answer_for(form, column, row);
      if (column.type == QuestionType::number)
        worksheet_write_number(sheet, row, last, row, nullptr);
      else
        worksheet_write_string(sheet, row, last, answer.c_str(), nullptr);
    }
  }
  for (std::uint32_t row = 1; row <= rows; ++row, ++cells)
    worksheet_write_string(sheet, row, 0, ("row-" + std::to_string(row)).c_str(), nullptr);
}

/// A workbook with as many rows of registers as make up the cells.
std::string filled_workbook(const Form& form) {
  const fs::path path =
      fs::temp_directory_path() / ("cosp-bench-" + std::to_string(::getpid()) + ".xlsx");
  lxw_workbook* book = workbook_new(path.c_str());
  std::uint32_t cells = 0;
  constexpr std::uint32_t kRows = 1'900;
  while (cells < kCells) {
    const std::uint32_t before = cells;
    for (const Register& registry : form.registers())
      if (cells < kCells) write_register(book, form, registry, kRows, cells);
    if (cells == before) throw std::runtime_error("the form's registers take no texts");
  }
  if (workbook_close(book) != LXW_NO_ERROR)
    throw std::runtime_error("cannot write " + path.string());
  std::string bytes = must(read_file(path, 100u << 20));
  fs::remove(path);
  return bytes;
}

/// Unpacks and parses every part, and keeps nothing but a count.
std::size_t bare_walk(const std::string& bytes) {
  std::size_t seen = 0;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  std::string piece(64u << 10, '\0');
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &seen);
    XML_SetElementHandler(
        parser, [](void* data, const char*, const char**) { ++*static_cast<std::size_t*>(data); },
        [](void* data, const char*) { ++*static_cast<std::size_t*>(data); });
    XML_SetCharacterDataHandler(parser, [](void* data, const char*, int size) {
      *static_cast<std::size_t*>(data) += static_cast<std::size_t>(size);
    });
    for (zip_int64_t got = 0; (got = zip_fread(file, piece.data(), piece.size())) > 0;)
      XML_Parse(parser, piece.data(), static_cast<int>(got), 0);
    XML_ParserFree(parser);
    zip_fclose(file);
  }
  zip_discard(archive);
  return seen;
}

void read_workbook(benchmark::State& state) {
  const auto workspace = must(Workspace::open({}));
  const auto form = must(workspace->newest_form(""));
  const std::string bytes = filled_workbook(form->form);
  WorkbookReader reader;
  double ours = 0, peer = 0;
  WorkbookCounts counts;
  for (auto _ : state) {
    auto start = Clock::now();
    benchmark::DoNotOptimize(bare_walk(bytes));
    auto middle = Clock::now();
    const ReadWorkbook read = reader.read(bytes, form->form);
    const std::chrono::duration<double> took = Clock::now() - middle;
    counts = read.counts;
    ours += took.count();
    peer += std::chrono::duration<double>(middle - start).count();
    state.SetIterationTime(took.count());
  }
  if (counts.imported < kCells / 2) state.SkipWithError("most cells were not imported");
  state.counters["cells"] = counts.read;
  state.counters["ratio"] = ours / peer;
  state.counters["peer_ms"] = 1000 * peer / static_cast<double>(state.iterations());
}
BENCHMARK(read_workbook)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cosp
