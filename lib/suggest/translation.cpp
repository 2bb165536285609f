#include "suggest/translation.h"

#include <algorithm>
#include <utility>

namespace tierline {
namespace {

using Translation = std::pair<std::string_view, std::string_view>;

constexpr Translation german[] = {
    // Columns.
    {"nr", "number"},
    {"nummer", "number"},
    {"kennung", "id"},
    {"schlüssel", "key"},
    {"titel", "title"},
    {"bezeichnung", "title"},
    {"benennung", "title"},
    {"typ", "type"},
    {"art", "type"},
    {"klasse", "class"},
    {"ebene", "level"},
    {"kategorie", "category"},
    {"zustand", "state"},
    {"lebenszyklus", "lifecycle"},
    {"krit", "criticality"},
    {"kritikalität", "criticality"},
    {"priorität", "priority"},
    {"wichtigkeit", "importance"},
    {"zielgruppe", "audience"},
    {"nutzergruppe", "audience"},
    {"umgebung", "environment"},
    {"stand", "updated"},
    {"geändert", "updated"},
    {"aktualisiert", "updated"},
    {"verantwortlich", "responsible"},
    {"verantwortliche", "responsible"},
    {"verantwortlicher", "responsible"},
    {"eigentümer", "owner"},
    {"besitzer", "owner"},
    {"gruppe", "group"},
    {"abteilung", "department"},
    {"ansprechpartner", "contact"},
    {"stellvertreter", "deputy"},
    {"leiter", "lead"},
    {"leitung", "lead"},
    {"betreiber", "operator"},
    {"datum", "date"},
    {"seit", "since"},
    {"bis", "until"},
    {"austritt", "until"},
    {"kosten", "cost"},
    {"telefon", "phone"},
    {"quelle", "source"},
    {"ziel", "target"},
    {"beziehung", "relation"},
    {"beziehungen", "relation"},
    {"beziehungstyp", "relation"},
    {"beziehungsart", "relation"},
    {"verknüpfung", "relation"},
    {"übergeordnet", "parent"},
    // Tiers.
    {"dienst", "service"},
    {"dienste", "service"},
    {"anwendung", "application"},
    {"anwendungen", "application"},
    {"systeme", "system"},
    {"datenbank", "database"},
    {"datenbanken", "database"},
    {"maschine", "machine"},
    {"maschinen", "machine"},
    {"rechner", "machine"},
    {"gerät", "device"},
    {"netzwerk", "network"},
    {"komponente", "component"},
    {"komponenten", "component"},
    // States.
    {"betrieb", "operation"},
    {"ausser", "out"},
    {"außer", "out"},
    {"aktiv", "active"},
    {"inaktiv", "inactive"},
    {"produktiv", "productive"},
    {"geplant", "planned"},
    {"planung", "planned"},
    {"abbau", "decommissioning"},
    {"auslaufend", "retiring"},
    {"abgelöst", "retired"},
    {"abgeschaltet", "retired"},
    {"stillgelegt", "retired"},
    {"ausgeschieden", "left"},
    // Whom it is for, and how much depends on it.
    {"kunde", "customer"},
    {"kunden", "customer"},
    {"öffentlich", "public"},
    {"extern", "external"},
    {"intern", "internal"},
    {"mitarbeiter", "employee"},
    {"beschäftigte", "employee"},
    {"kritisch", "critical"},
    {"hoch", "high"},
    {"mittel", "medium"},
    {"niedrig", "low"},
    {"gering", "low"},
    // Relations.
    {"nutzt", "use"},
    {"genutzt", "used"},
    {"verwendet", "use"},
    {"benötigt", "need"},
    {"braucht", "need"},
    {"läuft", "run"},
    {"abhängig", "depend"},
    {"abhängigkeit", "dependency"},
    {"hängt", "depend"},
    {"hostet", "host"},
    {"betreibt", "host"},
    {"enthält", "contain"},
    {"umfasst", "contain"},
    {"teil", "part"},
    {"bestandteil", "part"},
    {"gehört", "belong"},
    {"liefert", "send"},
    {"sendet", "send"},
    {"empfängt", "receive"},
    {"unterstützt", "support"},
};

constexpr Translation french_and_spanish[] = {
    {"identifiant", "identifier"},
    {"numéro", "number"},
    {"nom", "name"},
    {"libellé", "title"},
    {"titre", "title"},
    {"classe", "class"},
    {"catégorie", "category"},
    {"état", "state"},
    {"statut", "status"},
    {"criticité", "criticality"},
    {"propriétaire", "owner"},
    {"responsable", "responsible"},
    {"équipe", "team"},
    {"groupe", "group"},
    {"serveur", "server"},
    {"serveurs", "server"},
    {"équipement", "device"},
    {"logiciel", "software"},
    {"actif", "active"},
    {"retiré", "retired"},
    {"prévu", "planned"},
    {"externe", "external"},
    {"interne", "internal"},
    {"utilise", "use"},
    {"dépend", "depend"},
    {"héberge", "host"},
    {"contient", "contain"},
    {"identificador", "identifier"},
    {"número", "number"},
    {"código", "code"},
    {"nombre", "name"},
    {"título", "title"},
    {"tipo", "type"},
    {"clase", "class"},
    {"categoría", "category"},
    {"estado", "state"},
    {"criticidad", "criticality"},
    {"propietario", "owner"},
    {"grupo", "group"},
    {"servicio", "service"},
    {"aplicación", "application"},
    {"sistema", "system"},
    {"servidor", "server"},
    {"servidores", "server"},
    {"activo", "active"},
    {"retirado", "retired"},
    {"planificado", "planned"},
    {"externo", "external"},
    {"interno", "internal"},
    {"utiliza", "use"},
    {"depende", "depend"},
    {"aloja", "host"},
    {"contiene", "contain"},
    {"origen", "source"},
    {"destino", "target"},
};

/// What the last part of a compound may be.
constexpr std::string_view heads[] = {
    "typ",       "nummer",    "kennung",  "bezeichnung", "klasse",     "gruppe",          "dienst",
    "anwendung", "datenbank", "maschine", "rechner",     "eigentümer", "verantwortlicher"};

template <std::size_t Count>
std::string_view find(const Translation (&known)[Count], std::string_view word) {
  const auto found = std::ranges::find(known, word, &Translation::first);
  return found == std::end(known) ? std::string_view() : found->second;
}

/// `von` and `nach` are the ends of a relation as the name of a column, and little words elsewhere.
std::string_view preposition(const std::vector<std::string>& words, std::size_t i) {
  constexpr std::string_view of[] = {"abhängig", "ab",       "teil",  "bestandteil",
                                     "mitglied", "empfängt", "erhält"};
  if (words[i] == "nach") {
    return words.size() == 1 ? "to" : "";
  }
  if (words[i] != "von") {
    return {};
  }
  const bool is_of = i > 0 && std::ranges::find(of, words[i - 1]) != std::end(of);
  return words.size() == 1 ? "from" : is_of ? "of" : "by";
}

}  // namespace

std::vector<std::string> in_english(std::vector<std::string> words) {
  std::vector<std::string> english;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    std::string_view translated = preposition(words, i);
    translated = translated.empty() ? find(german, word) : translated;
    translated = translated.empty() ? find(french_and_spanish, word) : translated;
    const auto head = std::ranges::find_if(heads, [&](std::string_view one) {
      return word.size() > one.size() + 1 && word.ends_with(one);
    });
    if (translated.empty() && head != std::end(heads)) {
      english.emplace_back(word.substr(0, word.size() - head->size()));
      translated = find(german, *head);
    }
    english.emplace_back(translated.empty() ? word : translated);
  }
  return english;
}

}  // namespace tierline
