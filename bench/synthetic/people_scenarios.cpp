#include "synthetic/scenarios.h"

namespace tierline::synthetic {
namespace {

constexpr Scenario table[] = {
    // Who owns what.
    {"B > T, S", "B accountability-chain-broken S orphan-system", "B.owned_by=; T.owned_by="},
    {"B, P", "B owner-catch-all", "B.owned_by=@P; P.title=Chief Risk Officer"},
    {"B > S > H, P", "S owner-catch-all H owner-catch-all",
     "S.owned_by=@P; H.owned_by=@P; P.title=CIO, Group"},
    {"B, P", "B owner-catch-all", "B.owned_by=@P; P.manager=@head"},
    {"B, P", "", "B.owned_by=@P; P.title=Chiefly Engineer"},
    {"B, P", "", "B.owned_by=@P; P.title=Assistant to the Chief Executive; P.manager=@deputy"},
    {"B, P", "", "B.owned_by=@P; P.manager="},
    {"N = B, P", "", "N.owned_by=@P; P.title=Chief Sales Officer"},
    {"B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, P", "P owner-overloaded",
     "B*.owned_by=@P"},
    {"B1 / O, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, -B13, P", "",
     "B*.owned_by=@P; O.owned_by=@P"},
    {"B, P", "B external-service-owned-by-it", "B.owned_by=@P; P.department=@networks"},
    {"B, P", "", "B.owned_by=@P; P.department=@networks; B.consumer_type=internal"},
    {"B, P", "", "B.owned_by=@P; P.department="},
    {"B > T, P", "T it-service-owned-outside-it", "T.owned_by=@P; P.department=@sales"},
    {"B > T, P", "T it-service-owned-outside-it", "T.owned_by=@P; P.department=@ithaca"},
    {"B > T, P", "", "T.owned_by=@P; P.department=@networks"},
    {"B, P", "B owner-is-operator", "B.owned_by=@P; B.managed_by=@P"},
    {"B, P, G", "B owner-is-operator", "B.owned_by=@P; B.support_group=@G; G.manager=@P"},
    {"B, P, G", "", "B.owned_by=@P; B.assignment_group=@G; G.manager=@P"},
    {"B, P", "", "B.owned_by=@P; B.managed_by=@P; B.consumer_type=internal"},
    {"B, P", "B owner-unempowered", "B.owned_by=@P; P.u_employee_type=Contractor"},
    {"B, P", "B owner-unempowered",
     "B.owned_by=@P; P.u_employee_type=Service Account; B.consumer_type=internal"},
    {"B, P", "", "B.owned_by=@P; P.u_employee_type="},
    {"B > T, P", "", "T.owned_by=@P; P.u_employee_type=Vendor; P.department=@networks"},
    {"B, P1, P2", "B owner-conflict",
     "B.correlation_id=scene-#; B.owned_by=@P1; B.registered_owner=@P2"},
    {"B, P", "", "B.correlation_id=scene-#; B.owned_by=@P; B.registered_owner=@P"},
    {"B, P", "",
     "B.correlation_id=scene-#; B.owned_by=@P; B.registered_owner=@P; P.name=Ada Berg #; "
     "P.registered_name=ADA  BERG #; P.registered_email=ada@register.example"},
    {"B > T, P1, P2", "T owner-conflict",
     "T.correlation_id=scene-#; T.owned_by=@P1; T.registered_owner=@P2; P1.department=@networks"},
    {"B1 > S, B2 > S, B3 > S, P1, P2, P3", "S shared-platform-owned-by-one-consumer",
     "S.owned_by=@P1; B1.owned_by=@P1; B2.owned_by=@P2; B3.owned_by=@P3"},
    {"B1 > S, B2 > S, B3 > S, P1, P2", "",
     "S.owned_by=@P1; B1.owned_by=@P1; B2.owned_by=@P2; B3.owned_by=@P2"},
    {"B1 / O > S, B1 > S, B3 > S, P1, P2, P3", "",
     "S.owned_by=@P1; B1.owned_by=@P1; O.owned_by=@P2; B3.owned_by=@P3"},
    {"B > S > H", "B accountability-chain-broken", "B.owned_by="},
    {"B > S1, B > S2, B > S3, B > S4", "B accountability-chain-broken B domain-owner-only",
     "B.owned_by="},
    {"B > S1, B > S2, B > S3", "B accountability-chain-broken", "B.owned_by="},
    {"B > T = S, B > S", "", "T.owned_by=; S.owned_by="},
    {"B > T = S, B > S", "T accountability-chain-broken", "T.owned_by="},
    {"B > S > H", "H component-domain-owner-missing",
     "H.owned_by=; H.managed_by_group=; H.support_group="},

    // Whom to call.
    {"B, G", "B no-crisis-lead",
     "B.owned_by=@G; B.busines_criticality=1; B.service_owner_delegate="},
    {"B, P", "B owner-inactive B no-crisis-lead B no-delegate",
     "B.owned_by=@P; P.active=false; B.busines_criticality=2; B.service_owner_delegate="},
    {"B, P1, P2", "B owner-inactive B no-crisis-lead",
     "B.owned_by=@P1; P*.active=false; B.busines_criticality=2; B.service_owner_delegate=@P2"},
    {"B, G", "", "B.owned_by=@G; B.busines_criticality=1"},
    {"B, G", "", "B.owned_by=@G; B.busines_criticality=3; B.service_owner_delegate="},
    {"B", "B no-delegate", "B.busines_criticality=1; B.service_owner_delegate="},
    {"B / O", "B no-delegate",
     "B.busines_criticality=3; O.busines_criticality=1; B.service_owner_delegate="},
    {"B", "", "B.busines_criticality=3; B.service_owner_delegate="},
    {"B > S", "B crisis-team-incomplete",
     "B.busines_criticality=2; S.owned_by=; S.managed_by_group=; S.support_group="},
    {"B > S", "", "B.busines_criticality=2; S.owned_by=; S.managed_by_group="},
    {"B > S", "", "B.busines_criticality=3; S.owned_by=; S.managed_by_group=; S.support_group="},
    {"B > S > X", "B restore-element-unknown", "B.busines_criticality=1"},
    {"B > S > X", "", "B.busines_criticality=3"},
    {"B > S ~ X", "", "B.busines_criticality=1"},

    // Dates.
    {"*B", "B retiring-without-plan", "B.end_date="},
    {"*B", "B retiring-without-plan", "B.end_date={-1}"},
    {"*B", "", "B.end_date={0}"},
    {"B", "", "B.end_date={-1}"},
    {"B", "B ownership-unattested", "B.attested_date={-366}"},
    {"B / O > T", "O ownership-unattested T ownership-unattested",
     "O.attested_date=; T.attested_date="},
    {"B", "", "B.attested_date={-365}"},
    {"B", "B review-overdue", "B.last_review_date={-366}"},
    {"B > T", "T review-overdue", "T.last_review_date="},
    {"B > -T", "", "B.last_review_date={-365}; T.last_review_date="},
    {"B > S > H", "S stale H stale",
     "S.last_discovered=; S.sys_updated_on={-366}; H.last_discovered={-61}; "
     "H.sys_updated_on={-62}"},
    {"B > S > H", "",
     "S.last_discovered=; S.sys_updated_on={-365}; H.last_discovered={-60}; "
     "H.sys_updated_on={-400}"},
    {"N = B", "N stale B stale",
     "N.sys_updated_on={-500}; B.last_discovered=; B.sys_updated_on={-366}"},

    // What fields say against one another.
    {"B > S", "S status-contradiction",
     "S.operational_status=1; S.install_status=7; S.life_cycle_stage=; S.life_cycle_stage_status="},
    {"B", "B status-contradiction",
     "B.operational_status=1; B.install_status=0; B.life_cycle_stage=; B.life_cycle_stage_status="},
    {"B > *S", "",
     "S.operational_status=5; S.install_status=3; S.life_cycle_stage=Operational; "
     "S.life_cycle_stage_status=Pending Retirement"},
    {"B > T", "T facing-contradiction", "T.consumer_type=external"},
    {"B > T", "", "T.service_classification="},
    {"B / O", "", "O.service_classification=; O.consumer_type="},

    // Things that are recorded twice.
    {"B > S > H1, S > H2", "H1,H2 duplicate-ci", "H*.serial_number=SCENE-#"},
    {"B > S > H1, S > H2, S > H3", "H1,H2,H3 duplicate-ci",
     "H1.serial_number=SCENE-#; H2.serial_number=scene-#; H2.fqdn=s#.Synthetic.Example; "
     "H3.fqdn=S#.synthetic.example; H3.serial_number="},
    {"B > S > H, S > W", "", "H.serial_number=SCENE-#; W.serial_number=SCENE-#"},
    {"B > S > H, S = -H2", "", "H.serial_number=SCENE-#; H2.serial_number=SCENE-#"},
    {"B > S > H1, S > H2", "", "H*.serial_number=0000000; H*.fqdn=localhost"},
    {"B1 > T1, B2 > T2", "T1,T2 duplicate-platform", "T1.name=Secure Mail #; T2.name=secure-mail#"},
    {"B > T1, B > T2", "", "T*.name=Secure Mail #"},
    {"B1 > T1, B2 > T2", "",
     "T*.name=Secure Mail #; T2.environment=Test; B2.busines_criticality=3"},
    {"N1 = B, N2 = B", "B multi-parent-containment", ""},
    {"N1 = N2 = B, N1 = B", "", ""},

    // Names and descriptions.
    {"B", "B service-named-as-activity", "B.name=Reset Password #"},
    {"B > T", "T service-named-as-activity", "T.name=Laptop # Request"},
    {"B / O", "", "B.name=Backup of Files #; O.name=Create Account #"},
    {"B > S", "B service-named-as-thing", "B.name=Ledger #; S.name= LEDGER  #"},
    {"B > T", "T service-named-as-thing", "T.name=web00#"},
    {"B > S > H", "", "B.name=Ledger Archive #; H.name=Ledger Archive #"},
    {"B", "B service-without-outcome", "B.short_description=Pays wages; B.description="},
    {"B", "B service-without-outcome", "B.short_description=; B.description="},
    {"B > T", "", "B.short_description=Pays all wages; B.description=; T.description="},
    {"B", "", "B.short_description=; B.description=Pays all wages"},

    // Customers and what they are offered.
    {"B", "B service-without-customer", "B.core_company="},
    {"B / O", "B service-without-customer", "B.core_company=; O.core_company="},
    {"B / O", "", "B.core_company="},
    {"B", "B criticality-missing", "B.busines_criticality="},
    {"B / O", "", "B.busines_criticality=; O.busines_criticality=3"},
    {"-B / O > S", "O catalog-inaccurate", "O.busines_criticality=3"},
    {"+B / O > S", "O catalog-inaccurate", "O.busines_criticality=3"},
    {"B / -O", "", ""},

    // What stands on what.
    {"B > +T", "T pipeline-in-use", ""},
    {"+B > +T, -S > +T", "", ""},
    {"B > S > H", "S criticality-inversion H criticality-inversion",
     "B.busines_criticality=1; S.busines_criticality=3; H.busines_criticality=4"},
    {"B / O > S", "S criticality-inversion",
     "B.busines_criticality=3; O.busines_criticality=1; S.busines_criticality=3"},
    {"B > S > H", "", "B.busines_criticality=1; S.busines_criticality=2; H.busines_criticality="},
    {"B > S", "B critical-on-nonproduction", "B.busines_criticality=2; S.environment=Test"},
    {"B / O > S", "B critical-on-nonproduction", "B.busines_criticality=1; S.environment=Staging"},
    {"B > S > H", "", "B.busines_criticality=1; H.environment=Test"},
    {"B > S", "", "B.busines_criticality=1; B.environment=Test; S.environment=Test"},
    {"B > S", "", "B.busines_criticality=3; S.environment=Test"},
    {"B > T", "T supports-only-internal", "B.consumer_type=internal"},
    {"B1 > T, B2 > T", "", "B1.consumer_type=internal"},
    {"B = H", "B,H tier-skip", ""},
    {"B > T = H, B > S > H", "", ""},
    {"B1 > S, B2 > S", "", "B*.busines_criticality=1"},
    {"B1 > S, B2 > S", "", "B1.busines_criticality=1; B2.busines_criticality=2"},
    {"B1 > S1 > C = H1, B2 > S2 > C = H2", "", "B*.busines_criticality=1"},
    {"B1 > S1 > C = H1 > W, B2 > S2 > C = H2 > W", "", "B*.busines_criticality=1"},
};

}  // namespace

std::span<const Scenario> people_scenarios() {
  return table;
}

}  // namespace tierline::synthetic
