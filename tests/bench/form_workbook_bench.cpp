// What a blank workbook costs, as a ratio to libxlsxwriter writing as many bare cells.

#include <benchmark/benchmark.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "generator/form_workbook.hpp"
#include "service/workspace.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Cells of the blank workbook of the form at hand, about: thirty for each question and eight for
/// each line below it.
constexpr lxw_row_t kRows = 3'000;
constexpr lxw_col_t kColumns = 10;

void write_bare_cells(const fs::path& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  for (lxw_row_t row = 0; row < kRows; ++row)
    for (lxw_col_t column = 0; column < kColumns; ++column)
      worksheet_write_string(sheet, row, column, "words", nullptr);
  workbook_close(book);
}

template <class Work>
double timed(Work&& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The largest form, in each of its languages in turn. Budget: 0.3 s each.
void write_blank_workbook(benchmark::State& state) {
  auto workspace = Workspace::open({});
  if (!workspace) return state.SkipWithError("no data");
  const auto prepared = (*workspace)->newest_form("");
  if (!prepared) return state.SkipWithError("no form");
  const Form& form = (*prepared)->form;
  const fs::path folder = fs::temp_directory_path();
  const fs::path ours = folder / ("cosp-blank-" + std::to_string(::getpid()) + ".xlsx");
  const fs::path bare = folder / ("cosp-bare-" + std::to_string(::getpid()) + ".xlsx");
  double own = 0, peer = 0;
  std::size_t language = 0;
  for ([[maybe_unused]] auto _ : state) {
    FormWorkbookOptions options;
    options.language =
        form.language_tag(static_cast<std::uint32_t>(language++ % form.tables().languages.size()));
    const double seconds = timed([&] {
      if (!write_form_workbook(form, options, ours)) state.SkipWithError("not written");
    });
    own += seconds;
    peer += timed([&] { write_bare_cells(bare); });
    state.SetIterationTime(seconds);
  }
  fs::remove(ours);
  fs::remove(bare);
  state.counters["ratio"] = own / peer;
}
BENCHMARK(write_blank_workbook)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cosp
