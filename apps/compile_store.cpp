#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "service/compiling.hpp"
#include "service/receiving.hpp"
#include "store/store.hpp"

namespace cosp::apps {

int run(const CompileStoreOptions& options, Workspace& workspace) {
  if (!options.compile.cycle)
    return fail({Error::Kind::bad_input, "a cycle is needed: name its file with --cycle", ""});
  const auto cycle = workspace.cycle(*options.compile.cycle);
  if (!cycle) return fail(cycle.error());
  const auto form = workspace.form_of(**cycle);
  if (!form) return fail(form.error());
  std::error_code ignored;
  if (!std::filesystem::exists(options.store, ignored))
    return fail({Error::Kind::not_found, "no such store", options.store.string()});
  const auto store = open_store(options.store);
  if (!store) return fail(store.error());
  const auto finals = stored_finals(**form, **cycle, **store);
  if (!finals) return fail(finals.error());
  std::vector<Offered> offered;
  for (const StoredSubmission& stored : *finals)
    offered.push_back({&stored.checked, Date::parse(stored.revision.received_at.substr(0, 10)),
                       stored.revision.revision});
  return compile_offered(options.compile, workspace, **form, **cycle, offered);
}

}  // namespace cosp::apps
