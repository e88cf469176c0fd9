// What the main job costs, each as a ratio to a peer or a physical limit measured in the same run
// (counter "ratio").

#include <benchmark/benchmark.h>
#include <simdjson.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <chrono>
#include <filesystem>
#include <kainjow/mustache.hpp>
#include <stdexcept>
#include <string>

#include "base/file.hpp"
#include "generator/compilation.hpp"
#include "generator/document_set.hpp"
#include "generator/workbook.hpp"
#include "readers/form_loader.hpp"
#include "readers/submission_reader.hpp"
#include "service/checking.hpp"
#include "service/compiling.hpp"
#include "service/samples.hpp"
#include "service/submission_file.hpp"
#include "service/workspace.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kStates = 193;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

/// 193 made-up submissions and what they are checked with; made once.
struct World {
  fs::path folder = fs::temp_directory_path() / ("cosp-bench-" + std::to_string(::getpid()));
  std::unique_ptr<Workspace> workspace = must(Workspace::open({}));
  std::shared_ptr<const Cycle> cycle;
  std::shared_ptr<const PreparedForm> form;
  Batch batch;
  std::string largest;  ///< bytes of the largest file

  World() {
    SampleRequest request;
    request.states = kStates;
    request.output = folder / "samples";
    (void)must(make_samples(*workspace, request));
    const fs::path paths[] = {request.output};
    batch = must(check_paths(*workspace, paths, {}));
    cycle = batch.cycle;
    form = batch.form;
    for (const auto& entry : fs::directory_iterator(request.output)) {
      if (entry.path().extension() != ".json") continue;
      std::string bytes = must(read_file(entry.path(), 20u << 20, SubmissionReader::kPadding));
      if (bytes.size() > largest.size()) largest = std::move(bytes);
    }
  }
  ~World() { fs::remove_all(folder); }
};

World& world() {
  static World made;
  return made;
}

/// Seconds that `work` takes.
template <class Work>
double timed(Work&& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Times ours against the peer, iteration by iteration, and reports the ratio of the sums.
template <class Ours, class Peer>
void against(benchmark::State& state, Ours&& ours, Peer&& peer) {
  double our_seconds = 0, peer_seconds = 0;
  for (auto _ : state) {
    peer_seconds += timed(peer);
    const double seconds = timed(ours);
    our_seconds += seconds;
    state.SetIterationTime(seconds);
  }
  state.counters["ratio"] = our_seconds / peer_seconds;
  state.counters["peer_ms"] = 1000 * peer_seconds / static_cast<double>(state.iterations());
}

/// Visits every value of a document on demand, as little as a reader that keeps nothing must.
std::size_t walk(simdjson::ondemand::value value) {
  std::size_t seen = 1;
  switch (value.type()) {
    case simdjson::ondemand::json_type::object:
      for (auto field : value.get_object())
        seen += field.unescaped_key().value().size() + walk(field.value());
      break;
    case simdjson::ondemand::json_type::array:
      for (auto item : value.get_array()) seen += walk(item.value());
      break;
    case simdjson::ondemand::json_type::string: seen += value.get_string().value().size(); break;
    default: seen += value.raw_json_token().size();
  }
  return seen;
}

/// Budget: no figure yet. Peer: simdjson's on-demand walk of all values of the same bytes, nothing
/// kept.
void read_and_check_one(benchmark::State& state) {
  World& made = world();
  SubmissionFileReader reader;
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(made.largest);
  std::string bytes = made.largest;
  against(
      state,
      [&] {
        benchmark::DoNotOptimize(
            check_bytes(*made.form, reader, "", bytes, {made.cycle.get(), nullptr, {}}));
      },
      [&] {
        auto document = parser.iterate(padded);
        benchmark::DoNotOptimize(walk(document.get_value().value()));
      });
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * made.largest.size()));
}
BENCHMARK(read_and_check_one)->UseManualTime()->Unit(benchmark::kMillisecond);

/// Reading alone, without rules and digests.
void read_one(benchmark::State& state) {
  World& made = world();
  SubmissionReader reader;
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(made.largest);
  std::string bytes = made.largest;
  against(
      state, [&] { benchmark::DoNotOptimize(reader.read(bytes, made.form->form)); },
      [&] {
        auto document = parser.iterate(padded);
        benchmark::DoNotOptimize(walk(document.get_value().value()));
      });
}
BENCHMARK(read_one)->UseManualTime()->Unit(benchmark::kMillisecond);

/// Peer: reading the bytes of the image into memory.
void warm_start(benchmark::State& state) {
  World& made = world();
  const fs::path cache = made.folder / "cache";
  const fs::path data = own_data_folder();
  const fs::path folder = data / "forms" / made.form->form.id() / made.form->form.version();
  (void)must(load_form(folder, data / "data" / "texts", cache));
  const fs::path image = fs::directory_iterator(cache)->path();
  against(
      state, [&] { benchmark::DoNotOptimize(load_form(folder, data / "data" / "texts", cache)); },
      [&] { benchmark::DoNotOptimize(read_file(image, std::uint64_t{1} << 30)); });
}
BENCHMARK(warm_start)->UseManualTime()->Unit(benchmark::kMillisecond);

/// All 193, on all cores. Peer: copying the same bytes from file to memory.
void check_193(benchmark::State& state) {
  World& made = world();
  const fs::path paths[] = {made.folder / "samples"};
  against(
      state, [&] { benchmark::DoNotOptimize(check_paths(*made.workspace, paths, {})); },
      [&] {
        for (const auto& entry : fs::directory_iterator(paths[0]))
          benchmark::DoNotOptimize(read_file(entry.path(), 20u << 20));
      });
}
BENCHMARK(check_193)->UseManualTime()->Unit(benchmark::kMillisecond);

std::vector<Contributor> contributors(const World& made) {
  std::vector<Contributor> all;
  for (const CheckedSubmission& file : made.batch.files)
    all.push_back({made.cycle->roster.find(file.submission->header.submitter),
                   file.submission.get(), file.evaluation.get(), std::nullopt, file.report.file,
                   file.report.digests.submission});
  std::sort(all.begin(), all.end(), [](const Contributor& a, const Contributor& b) {
    return a.entry->code < b.entry->code;
  });
  return all;
}

const Declaration& product_of_format(const Form& form, std::string_view format) {
  for (const Declaration& product : form.products())
    if (form.string(product.kind) == format) return product;
  throw std::runtime_error("no product of that format");
}

/// The same number of cells, as plain as libxlsxwriter writes them.
void write_bare_workbook(const std::vector<Table>& tables, const fs::path& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  for (const Table& table : tables) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      for (std::size_t column = 0; column < table.columns.size(); ++column)
        worksheet_write_number(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                               1, nullptr);
  }
  workbook_close(book);
}

/// Counting 193 States and writing the workbook. Peer: libxlsxwriter writing as many bare cells.
void count_and_write_workbook(benchmark::State& state) {
  World& made = world();
  const CompilationInput input{made.form->form, *made.cycle, contributors(made), Audience::open};
  const std::vector<Table> counted = must(count_tables(input));
  const Declaration& product = product_of_format(made.form->form, "xlsx");
  const fs::path ours = made.folder / "ours.xlsx", bare = made.folder / "bare.xlsx";
  against(
      state,
      [&] {
        const auto tables = must(count_tables(input));
        if (const auto written = write_workbook(input, tables, product, "en", ours); !written)
          state.SkipWithError("not written");
      },
      [&] { write_bare_workbook(counted, bare); });
}
BENCHMARK(count_and_write_workbook)->UseManualTime()->Unit(benchmark::kMillisecond);

/// One page of the thematic report. Peer: kainjow rendering as many escaped bytes from one flat
/// list.
void render_page(benchmark::State& state) {
  World& made = world();
  const CompilationInput input{made.form->form, *made.cycle, contributors(made), Audience::open};
  const std::vector<Table> tables = must(count_tables(input));
  const Declaration* page = nullptr;
  for (const Declaration& product : made.form->form.products())
    if (made.form->form.string(product.kind) == "html" &&
        made.form->form.string(product.json).find("\"each\":\"state\"") == std::string_view::npos)
      page = &product;
  TemplateSet templates = made.workspace->template_set();
  std::size_t bytes = 0;
  const auto take = [&](const OutputFile& file) -> Result<void> {
    bytes = file.bytes.size();
    return {};
  };
  if (!render_product(input, tables, *page, "en", templates, take))
    throw std::runtime_error("the page cannot be rendered");
  kainjow::mustache::mustache flat("{{#rows}}<td>{{cell}}</td>{{/rows}}");
  kainjow::mustache::data rows(kainjow::mustache::data::type::list);
  for (std::size_t i = 0; i < bytes / 20; ++i)
    rows.push_back(kainjow::mustache::data("cell", "some words"));
  const kainjow::mustache::data flat_data("rows", rows);
  against(
      state,
      [&] {
        benchmark::DoNotOptimize(render_product(input, tables, *page, "en", templates, take));
      },
      [&] { benchmark::DoNotOptimize(flat.render(flat_data)); });
}
BENCHMARK(render_page)->UseManualTime()->Unit(benchmark::kMillisecond);

/// The whole set of documents of 193 States, both audiences, all languages. Peer: writing and
/// syncing as many bytes.
void compile_193(benchmark::State& state) {
  World& made = world();
  std::vector<Offered> offered;
  for (const CheckedSubmission& file : made.batch.files)
    offered.push_back({&file, std::nullopt, 0});
  CompileRequest request;
  request.output = made.folder / "documents";
  std::string bytes;
  const auto compile_once = [&] {
    if (const auto done = compile(*made.workspace, *made.form, *made.cycle, offered, request);
        !done)
      state.SkipWithError(describe(done.error()).c_str());
  };
  compile_once();
  for (const auto& entry : fs::recursive_directory_iterator(request.output))
    if (entry.is_regular_file()) bytes.append(entry.file_size(), 'x');
  against(state, compile_once, [&] {
    benchmark::DoNotOptimize(write_file(made.folder / "as-many-bytes", bytes).has_value());
  });
  state.counters["megabytes"] = static_cast<double>(bytes.size()) / 1e6;
}
BENCHMARK(compile_193)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(2);

}  // namespace
}  // namespace cosp
