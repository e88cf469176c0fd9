#include <fmt/format.h>

#include "apps/commands.hpp"
#include "service/receiving.hpp"
#include "store/store.hpp"

namespace cosp::apps {
namespace {

int list_tokens(Store& store) {
  const auto tokens = store.tokens();
  if (!tokens) return fail(tokens.error());
  std::string text;
  for (const TokenRecord& token : *tokens)
    text += fmt::format("{}  {}  created {}{}\n", token.id, token.submitter, token.created_at,
                        token.revoked_at.empty() ? "" : "  revoked " + token.revoked_at);
  return print(text);
}

}  // namespace

int run(const TokenOptions& options, Workspace&) {
  auto store = open_store(options.store);
  if (!store) return fail(store.error());
  if (options.act == TokenOptions::Act::list) return list_tokens(**store);
  if (options.act == TokenOptions::Act::revoke) {
    const auto revoked = (*store)->revoke_token(options.token, utc_now());
    return revoked ? kDone : fail(revoked.error());
  }
  const auto token = (*store)->create_token(options.state, utc_now());
  if (!token) return fail(token.error());
  return print(*token + "\n");
}

}  // namespace cosp::apps
