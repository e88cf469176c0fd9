#include "generator/document_shapes.hpp"

namespace cosp {
namespace {

using enum ShapeKind;

constexpr ShapeMember kWords[] = {{"text"}};
constexpr ShapeMember kMark[] = {{"tag"}, {"direction"}};
constexpr ShapeMember kMarkedWords[] = {{"text"}, {"mark", list, kMark}};
constexpr ShapeMember kReference[] = {{"number"}, {"id"}};
constexpr ShapeMember kLink[] = {{"href"}, {"text"}};
constexpr ShapeMember kIdentity[] = {{"id"}};

constexpr ShapeMember kLine[] = {{"css"},
                                 {"caption", list, kWords},
                                 {"text"},
                                 {"mark", list, kMark},
                                 {"links", list, kLink},
                                 {"has_items", flag},
                                 {"items", list, kMarkedWords}};

constexpr ShapeMember kHeadCell[] = {
    {"text"}, {"mark", list, kMark}, {"columns"}, {"rows"}, {"scope"}, {"css"}};
constexpr ShapeMember kHeadRow[] = {{"cells", list, kHeadCell}};
constexpr ShapeMember kCell[] = {
    {"identity", list, kIdentity}, {"css"}, {"text"}, {"mark", list, kMark}, {"hint", list, kWords},
    {"lines", list, kLine}};
constexpr ShapeMember kRow[] = {
    {"id"}, {"css"}, {"label"}, {"mark", list, kMark}, {"cells", list, kCell}};
constexpr ShapeMember kSymbol[] = {{"sign"}, {"text"}};
constexpr ShapeMember kTable[] = {{"id"},
                                  {"number", list, kWords},
                                  {"caption"},
                                  {"mark", list, kMark},
                                  {"denominator", list, kWords},
                                  {"is_wide", flag},
                                  {"footnote", list, kReference},
                                  {"head", list, kHeadRow},
                                  {"rows", list, kRow},
                                  {"notes", list, kMarkedWords},
                                  {"has_symbols", flag},
                                  {"symbols", list, kSymbol}};

constexpr ShapeMember kHeading[] = {{"id"}, {"level"}, {"number"}, {"text"}, {"mark", list, kMark}};
constexpr ShapeMember kParagraph[] = {{"id"},
                                      {"number"},
                                      {"text"},
                                      {"mark", list, kMark},
                                      {"row", list, kIdentity},
                                      {"footnote", list, kReference}};
constexpr ShapeMember kFigure[] = {{"id"},
                                   {"number"},
                                   {"caption"},
                                   {"mark", list, kMark},
                                   {"svg", markup},
                                   {"table_link", list, kLink},
                                   {"notes", list, kMarkedWords}};
constexpr ShapeMember kGroup[] = {{"title"}, {"names", list, kWords}};
constexpr ShapeMember kPart[] = {{"heading", list, kHeading},
                                 {"paragraph", list, kParagraph},
                                 {"table", list, kTable},
                                 {"figure", list, kFigure},
                                 {"states", list, kGroup}};

constexpr ShapeMember kQuestion[] = {{"code"},
                                     {"label"},
                                     {"mark", list, kMark},
                                     {"provisions", list, kWords},
                                     {"lines", list, kLine}};
constexpr ShapeMember kBlock[] = {{"id"},
                                  {"article", list, kWords},
                                  {"title"},
                                  {"mark", list, kMark},
                                  {"reserved", list, kWords},
                                  {"questions", list, kQuestion}};
constexpr ShapeMember kChapter[] = {
    {"id"}, {"title"}, {"mark", list, kMark}, {"blocks", list, kBlock}};
constexpr ShapeMember kExplanation[] = {{"place"}, {"rule"}, {"lines", list, kLine}};
constexpr ShapeMember kSection[] = {{"id"},
                                    {"title"},
                                    {"mark", list, kMark},
                                    {"intro", list, kWords},
                                    {"tables", list, kTable},
                                    {"explanations", list, kExplanation}};

constexpr ShapeMember kContents[] = {{"href"}, {"number"}, {"text"}, {"css"}};
constexpr ShapeMember kFootnote[] = {{"number"}, {"id"}, {"text"}, {"back"}};
constexpr ShapeMember kColophon[] = {{"label"}, {"value"}};

constexpr ShapeMember kDocument[] = {
    {"lang"},
    {"dir"},
    {"title"},
    {"subtitle"},
    {"organization"},
    {"symbol"},
    {"draft", list, kWords},
    {"test", list, kWords},
    {"running_mark", markup},
    {"session", list, kWords},
    {"agenda_item", list, kWords},
    {"distribution"},
    {"date"},
    {"original"},
    {"attribution", list, kWords},
    {"fallback", list, kWords},
    {"has_contents", flag},
    {"contents", list, kContents},
    {"parts", list, kPart},
    {"chapters", list, kChapter},
    {"sections", list, kSection},
    {"has_footnotes", flag},
    {"footnotes", list, kFootnote},
    {"colophon", list, kColophon},
    {"word_skip"},
    {"word_contents"},
    {"word_footnotes"},
    {"word_colophon"},
};

}  // namespace

Shape document_shape() { return kDocument; }

}  // namespace cosp
