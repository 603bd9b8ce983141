PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
CREATE TABLE "audit" (
    "sequence" INTEGER NOT NULL CONSTRAINT "PK_audit" PRIMARY KEY,
    "at" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" TEXT NULL,
    "actor_name" TEXT NULL,
    "change_id" INTEGER NULL,
    "cluster_id" TEXT NULL,
    "pool" TEXT NULL,
    "details" TEXT NOT NULL,
    "previous_hash" BLOB NOT NULL,
    "hash" BLOB NOT NULL
);
CREATE TABLE "changes" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_changes" PRIMARY KEY AUTOINCREMENT,
    "form_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "cluster_name" TEXT NOT NULL,
    "pool_name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "database" TEXT NOT NULL,
    "user" TEXT NULL,
    "before" TEXT NULL,
    "team" TEXT NOT NULL,
    "requester_id" TEXT NOT NULL,
    "requester_name" TEXT NOT NULL,
    "reason" TEXT NULL,
    "decision" TEXT NOT NULL,
    "decided_by_id" TEXT NULL,
    "decided_by_name" TEXT NULL,
    "requested_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "in_flight" INTEGER NOT NULL,
    "first_sent_at" TEXT NULL,
    "read_backs" INTEGER NOT NULL,
    "not_ready_answers" INTEGER NOT NULL,
    "not_before" TEXT NULL,
    "lease_owner" TEXT NULL,
    "lease_until" TEXT NULL,
    "was_found_again" INTEGER NOT NULL,
    "happened" TEXT NULL,
    "to_do" TEXT NULL,
    "api_message" TEXT NULL,
    "api_request_id" TEXT NULL,
    "version" INTEGER NOT NULL
, "appeared_at" TEXT NULL, "asked_size" INTEGER NULL, "decided_at" TEXT NULL, "seen_by_id" TEXT NULL, "seen_by_name" TEXT NULL, "decision_note" TEXT NULL, "ends_at" TEXT NULL, "is_urgent" INTEGER NOT NULL DEFAULT 0, "reminded_at" TEXT NULL, "seen_at" TEXT NULL);
CREATE TABLE "clusters" (
    "id" TEXT NOT NULL CONSTRAINT "PK_clusters" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "size_slug" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "databases" TEXT NOT NULL,
    "users" TEXT NOT NULL,
    "read_at" TEXT NOT NULL,
    "pools_read_at" TEXT NULL
, "primary_id" TEXT NULL, "replicas_read_at" TEXT NULL, "pools_known_at" TEXT NULL);
CREATE TABLE "data_protection_keys" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_data_protection_keys" PRIMARY KEY AUTOINCREMENT,
    "friendly_name" TEXT NOT NULL,
    "xml" TEXT NOT NULL
);
CREATE TABLE "drafts" (
    "person_id" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    CONSTRAINT "PK_drafts" PRIMARY KEY ("person_id", "form")
);
CREATE TABLE "managed_pools" (
    "cluster_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "purpose" TEXT NULL,
    "mode" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "database" TEXT NOT NULL,
    "user" TEXT NULL,
    "managed_since" TEXT NOT NULL,
    "last_change_id" INTEGER NOT NULL,
    "last_changed_at" TEXT NOT NULL,
    "next_look_at" TEXT NULL, "ends_at" TEXT NULL, "last_look_at" TEXT NULL, "last_look_by" TEXT NULL,
    CONSTRAINT "PK_managed_pools" PRIMARY KEY ("cluster_id", "name")
);
CREATE TABLE "pools" (
    "cluster_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mode_text" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "database" TEXT NOT NULL,
    "user" TEXT NULL,
    "first_seen_at" TEXT NOT NULL,
    CONSTRAINT "PK_pools" PRIMARY KEY ("cluster_id", "name")
);
CREATE TABLE "sessions" (
    "key_hash" BLOB NOT NULL CONSTRAINT "PK_sessions" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "groups" TEXT NOT NULL,
    "provider_session" TEXT NULL,
    "sealed_id_token" BLOB NULL,
    "nonce_hash" BLOB NOT NULL,
    "created_at" TEXT NOT NULL,
    "last_activity_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "ended_because" TEXT NULL
, "authenticated_at" TEXT NULL);
CREATE TABLE "change_steps" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_change_steps" PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "text" TEXT NULL,
    "change_id" INTEGER NOT NULL,
    CONSTRAINT "FK_change_steps_changes_change_id" FOREIGN KEY ("change_id") REFERENCES "changes" ("id") ON DELETE CASCADE
);
CREATE TABLE "pool_tests" (
    "cluster_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tested_at" TEXT NOT NULL,
    "prepared" TEXT NOT NULL,
    "in_use_seen_at" TEXT NULL,
    "active" INTEGER NULL,
    "idle_in_transaction" INTEGER NULL,
    "idle" INTEGER NULL,
    "waiting" INTEGER NULL,
    CONSTRAINT "PK_pool_tests" PRIMARY KEY ("cluster_id", "name")
);
CREATE TABLE "audit_checkpoints" (
    "sequence" INTEGER NOT NULL CONSTRAINT "PK_audit_checkpoints" PRIMARY KEY,
    "at" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "previous" BLOB NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" BLOB NOT NULL
);
CREATE TABLE "audit_removals" (
    "through" INTEGER NOT NULL CONSTRAINT "PK_audit_removals" PRIMARY KEY,
    "hash" BLOB NOT NULL,
    "at" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL
);
CREATE TABLE "freezes" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_freezes" PRIMARY KEY AUTOINCREMENT,
    "cluster_id" TEXT NULL,
    "cluster_name" TEXT NULL,
    "words" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "ended_by_name" TEXT NULL
);
CREATE TABLE "notice_cursor" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_notice_cursor" PRIMARY KEY,
    "sequence" INTEGER NOT NULL
);
CREATE TABLE "notices" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_notices" PRIMARY KEY AUTOINCREMENT,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "not_before" TEXT NULL,
    "delivered_at" TEXT NULL,
    "given_up_at" TEXT NULL,
    "failure" TEXT NULL,
    "version" INTEGER NOT NULL
);
CREATE TABLE "people" (
    "id" TEXT NOT NULL CONSTRAINT "PK_people" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "groups" TEXT NOT NULL,
    "last_sign_in_at" TEXT NOT NULL
);
CREATE TABLE "connections_asked" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_connections_asked" PRIMARY KEY AUTOINCREMENT,
    "person_id" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "pool_name" TEXT NOT NULL,
    "at" TEXT NOT NULL
);
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261123013048_Initial', '10.0.14');
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261123020000_AuditIsAppendOnly', '10.0.14');
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261125092026_PoolLife', '10.0.14');
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261125122752_Reviews', '10.0.14');
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261125130000_AuditLetsRemovedGo', '10.0.14');
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20261125155639_HardPromises', '10.0.14');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (1, '2026-11-30T15:43:59.843454Z', 'started', NULL, NULL, NULL, NULL, NULL, '{"changed":"first start","configuration":"{\u0022Access:Idle\u0022:\u002200:15:00\u0022,\u0022Access:Longest\u0022:\u002208:00:00\u0022,\u0022Access:StepUp:Clusters\u0022:\u0022\u0022,\u0022Access:StepUp:For\u0022:\u002200:15:00\u0022,\u0022Audit:CheckpointEvery\u0022:\u002201:00:00\u0022,\u0022Audit:CheckpointEveryRows\u0022:\u002220\u0022,\u0022Audit:Heads:StandardOutput\u0022:\u0022False\u0022,\u0022Audit:HeadsRequired\u0022:\u0022False\u0022,\u0022Audit:SigningKeyPath\u0022:\u0022pool-portal/record\u0022,\u0022Audit:VerifyEvery\u0022:\u002200:00:00.050\u0022,\u0022Changes:AtATime\u0022:\u00224\u0022,\u0022Changes:AtOnceShare\u0022:\u00220.2\u0022,\u0022Changes:AtOnceSize\u0022:\u00225\u0022,\u0022Changes:ClusterShare\u0022:\u00220.8\u0022,\u0022Changes:EndCallsFor\u0022:\u002200:00:25\u0022,\u0022Changes:Lease\u0022:\u002200:00:02\u0022,\u0022Changes:LookEvery\u0022:\u002290.00:00:00\u0022,\u0022Changes:Mode\u0022:\u0022On\u0022,\u0022Changes:NotReadyTimes\u0022:\u002210\u0022,\u0022Changes:NotReadyWait\u0022:\u002200:00:00.020\u0022,\u0022Changes:ReadBackAfter\u0022:\u002200:00:00.020\u0022,\u0022Changes:ReadBackFor\u0022:\u002201:00:00\u0022,\u0022Changes:ReadBackTimes\u0022:\u00222\u0022,\u0022Changes:RetryAfter\u0022:\u002200:00:05\u0022,\u0022Changes:ReviewExpiresAfter\u0022:\u00227.00:00:00\u0022,\u0022Changes:ReviewRemindedAfter\u0022:\u00222.00:00:00\u0022,\u0022Changes:SendAgainTimes\u0022:\u00223\u0022,\u0022Teams:0:Leads:0\u0022:\u0022payments-leads\u0022,\u0022Teams:0:Limits:UrgentResize\u0022:\u0022true\u0022,\u0022Teams:0:Members:0\u0022:\u0022payments\u0022,\u0022Teams:0:Name\u0022:\u0022Payments\u0022,\u0022Teams:0:Uses:0:Cluster\u0022:\u0022orders-prod\u0022,\u0022Teams:0:Uses:0:Database\u0022:\u0022checkout\u0022,\u0022Teams:0:Uses:0:User\u0022:\u0022app\u0022,\u0022Teams:0:Uses:1:Cluster\u0022:\u0022payments-staging\u0022,\u0022Teams:1:Leads:0\u0022:\u0022orders-leads\u0022,\u0022Teams:1:Members:0\u0022:\u0022orders\u0022,\u0022Teams:1:Name\u0022:\u0022Orders\u0022,\u0022Teams:1:Uses:0:Cluster\u0022:\u0022orders-prod\u0022,\u0022Teams:1:Uses:0:Database\u0022:\u0022orders\u0022,\u0022Teams:1:Uses:0:User\u0022:\u0022orders_app\u0022}","version":"0.1.0\u002B9967703a4f9082172cb1a163094f64c882c8e25a"}', X'0000000000000000000000000000000000000000000000000000000000000000', X'9558CB83E25CFDAFF45DA1EDCF499C0E3BB1489F4FAF3BF6F4BCCA040EA4EE0E');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (2, '2026-11-30T15:44:05.338770Z', 'signed in', 'test|developer', 'developer', NULL, NULL, NULL, '{"person":"test|developer","roles":"Developer"}', X'9558CB83E25CFDAFF45DA1EDCF499C0E3BB1489F4FAF3BF6F4BCCA040EA4EE0E', X'78D7988AF9FE2ED99AE3D0F7605C64098F25C631322B8CB376EF00A0FDDEF890');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (3, '2026-11-30T15:44:05.863585Z', 'signed in', 'test|lead', 'lead', NULL, NULL, NULL, '{"person":"test|lead","roles":"TeamLead"}', X'78D7988AF9FE2ED99AE3D0F7605C64098F25C631322B8CB376EF00A0FDDEF890', X'A5460723AA4380E61DBE2AFA56D1E1B2EC79DA7F091170D90B660FCAF74AB7E9');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (4, '2026-11-30T15:44:05.944748Z', 'signed in', 'test|admin', 'admin', NULL, NULL, NULL, '{"person":"test|admin","roles":"Admin"}', X'A5460723AA4380E61DBE2AFA56D1E1B2EC79DA7F091170D90B660FCAF74AB7E9', X'77767AC76D7768F774F659859D2C08E9E43EEA80A83A9B1F9C6151AD42947890');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (5, '2026-11-30T15:44:06.862976Z', 'requested', 'test|developer', 'developer', 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'77767AC76D7768F774F659859D2C08E9E43EEA80A83A9B1F9C6151AD42947890', X'651FB82065FA2EEB8C4DC49C4AC4E976099E5780F5B5C538A78436E819A776B7');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (6, '2026-11-30T15:44:06.877206Z', 'approved by rule', NULL, NULL, 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"decision":"within the limits of Payments"}', X'651FB82065FA2EEB8C4DC49C4AC4E976099E5780F5B5C538A78436E819A776B7', X'43B3DDDD6FB5D26B0AE447D2304D6EEF725E3DB4EAAF000BCA5ACB7C05ED6667');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (7, '2026-11-30T15:44:07.864943Z', 'sent', NULL, NULL, 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'43B3DDDD6FB5D26B0AE447D2304D6EEF725E3DB4EAAF000BCA5ACB7C05ED6667', X'EB7E3D315484BBB9578386D6CC81E6C0649F922652C2DB4ACEE42091191B55A6');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (8, '2026-11-30T15:44:08.552024Z', 'answered', NULL, NULL, 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"attempt":"1","calls":"databases_add_connectionPool 201","database":"checkout","kind":"Create","mode":"Transaction","requestId":"fe18604d-a380-4ec2-b948-f7abb87db9d7","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'EB7E3D315484BBB9578386D6CC81E6C0649F922652C2DB4ACEE42091191B55A6', X'77F672E277F210039FE87AAF60DB052CF5AE1E5840FDDA8F93827BE9A8F121E8');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (9, '2026-11-30T15:44:08.552384Z', 'done', NULL, NULL, 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","requestId":"fe18604d-a380-4ec2-b948-f7abb87db9d7","size":"2","team":"Payments","user":"app"}', X'77F672E277F210039FE87AAF60DB052CF5AE1E5840FDDA8F93827BE9A8F121E8', X'2C3B1E599B5F3473ABFFF7456A0DB93254420AAD1E7DDC1C25E2CB4DEF9B793D');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (10, '2026-11-30T15:44:08.627182Z', 'requested', 'test|developer', 'developer', 2, '11111111-1111-4111-8111-111111111111', 'expired-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'2C3B1E599B5F3473ABFFF7456A0DB93254420AAD1E7DDC1C25E2CB4DEF9B793D', X'1637B4B630FDD806014476E68DEE5F2E2418DEB595B8281F2E01B1AC7E9EF6C5');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (11, '2026-11-30T15:44:08.644065Z', 'sent for review', NULL, NULL, 2, '11111111-1111-4111-8111-111111111111', 'expired-app', '{"decision":"30 is more than the 19 that are given at once on orders-prod"}', X'1637B4B630FDD806014476E68DEE5F2E2418DEB595B8281F2E01B1AC7E9EF6C5', X'B0CB11E0D150876DA076E4FF54B9FD4C2135758D465231050EB7AF97EB3CBF7B');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (12, '2026-11-30T15:44:08.722006Z', 'expired', NULL, NULL, 2, '11111111-1111-4111-8111-111111111111', 'expired-app', '{"database":"checkout","happened":"Nobody decided within 7 days.","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'B0CB11E0D150876DA076E4FF54B9FD4C2135758D465231050EB7AF97EB3CBF7B', X'7C4BC1210ED0980409F022ACB1D084708933C5E43E6F63D9FEBD446714E80054');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (13, '2026-11-30T15:44:08.735896Z', 'requested', 'test|developer', 'developer', 3, '11111111-1111-4111-8111-111111111111', 'waiting-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'7C4BC1210ED0980409F022ACB1D084708933C5E43E6F63D9FEBD446714E80054', X'E7C37BE470944BA840ED68AB1599C7A3112DC9CEBC490977E17373922A500E8E');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (14, '2026-11-30T15:44:08.736126Z', 'sent for review', NULL, NULL, 3, '11111111-1111-4111-8111-111111111111', 'waiting-app', '{"decision":"30 is more than the 19 that are given at once on orders-prod"}', X'E7C37BE470944BA840ED68AB1599C7A3112DC9CEBC490977E17373922A500E8E', X'F240851A11E732D30CDDEA28B70429C05C29B0B8BF5B0747B23224FF04C7F246');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (15, '2026-11-30T15:44:08.799145Z', 'requested', 'test|developer', 'developer', 4, '11111111-1111-4111-8111-111111111111', 'declined-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'F240851A11E732D30CDDEA28B70429C05C29B0B8BF5B0747B23224FF04C7F246', X'FF750B98B8FD8AC076F0EE2586F5EE85D204ED169813E9F4409AE40FD22378C9');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (16, '2026-11-30T15:44:08.801262Z', 'sent for review', NULL, NULL, 4, '11111111-1111-4111-8111-111111111111', 'declined-app', '{"decision":"30 is more than the 19 that are given at once on orders-prod"}', X'FF750B98B8FD8AC076F0EE2586F5EE85D204ED169813E9F4409AE40FD22378C9', X'989CD08C953A43FAD0202AD30CC196670EC07C8F4A056FF24FC6B01E33D712C2');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (17, '2026-11-30T15:44:09.145435Z', 'declined', 'test|lead', 'lead', 4, '11111111-1111-4111-8111-111111111111', 'declined-app', '{"database":"checkout","happened":"lead declined this: Ask for 12.","kind":"Create","mode":"Transaction","note":"Ask for 12.","requester":"test|developer","size":"30","team":"Payments","user":"app"}', X'989CD08C953A43FAD0202AD30CC196670EC07C8F4A056FF24FC6B01E33D712C2', X'0B71D676BFFD07880078CBD1AA31924613234B5B7F35455E1086A3075D2BA431');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (18, '2026-11-30T15:44:09.226870Z', 'connection tested', NULL, NULL, 1, '11111111-1111-4111-8111-111111111111', 'done-app', '{"calls":"databases_get_connectionPool 200","requestId":"719bb32a-3a21-4cbb-9fd7-00375499b170","result":"not reachable from the portal: host not found","tokenVersion":"1"}', X'0B71D676BFFD07880078CBD1AA31924613234B5B7F35455E1086A3075D2BA431', X'29145B8E5CFE4E0C070D29285E1E42E328EDADAD8DE7884BBBB81CE3EDF19006');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (19, '2026-11-30T15:44:09.289877Z', 'requested', 'test|developer', 'developer', 5, '11111111-1111-4111-8111-111111111111', 'withdrawn-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'29145B8E5CFE4E0C070D29285E1E42E328EDADAD8DE7884BBBB81CE3EDF19006', X'4202C3A337FB7922691AA1D717F214EE993FB1A7DF988FB8DBA6776C78074FCC');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (20, '2026-11-30T15:44:09.290091Z', 'sent for review', NULL, NULL, 5, '11111111-1111-4111-8111-111111111111', 'withdrawn-app', '{"decision":"30 is more than the 19 that are given at once on orders-prod"}', X'4202C3A337FB7922691AA1D717F214EE993FB1A7DF988FB8DBA6776C78074FCC', X'810C653A69B2706C394C54AFC004BA93F05A89259F9608542F7F1854C1DDB7B6');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (21, '2026-11-30T15:44:09.461957Z', 'withdrawn', 'test|developer', 'developer', 5, '11111111-1111-4111-8111-111111111111', 'withdrawn-app', '{"database":"checkout","happened":"Withdrawn before anything was sent.","kind":"Create","mode":"Transaction","size":"30","team":"Payments","user":"app"}', X'810C653A69B2706C394C54AFC004BA93F05A89259F9608542F7F1854C1DDB7B6', X'977876201FC77241848D3DE2A15E97F031DFEFFBE3CF9EFA4DEFD02364FB861A');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (22, '2026-11-30T15:44:09.709815Z', 'requested', 'test|developer', 'developer', 6, '11111111-1111-4111-8111-111111111111', 'failed-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'977876201FC77241848D3DE2A15E97F031DFEFFBE3CF9EFA4DEFD02364FB861A', X'864AD0CD1069572F31F71BA72BDF19A1361F238B4D9AAB57871CBB69AF343F26');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (23, '2026-11-30T15:44:09.710122Z', 'approved by rule', NULL, NULL, 6, '11111111-1111-4111-8111-111111111111', 'failed-app', '{"decision":"within the limits of Payments"}', X'864AD0CD1069572F31F71BA72BDF19A1361F238B4D9AAB57871CBB69AF343F26', X'871C74E858BFCB6D9C10BAA000FFE3FDF83D67C555AEE9220D79310E2D08A67F');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (24, '2026-11-30T15:44:09.956315Z', 'sent', NULL, NULL, 6, '11111111-1111-4111-8111-111111111111', 'failed-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'871C74E858BFCB6D9C10BAA000FFE3FDF83D67C555AEE9220D79310E2D08A67F', X'E8D654C2FF1C68B9717D2CAF027B59EF8276EFC356F0A233437746FF4075ABAD');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (25, '2026-11-30T15:44:10.304229Z', 'failed', NULL, NULL, 6, '11111111-1111-4111-8111-111111111111', 'failed-app', '{"attempt":"1","calls":"databases_add_connectionPool 422","database":"checkout","happened":"DigitalOcean did not accept these values.","kind":"Create","mode":"Transaction","requestId":"a4935bf1-c0c6-4a03-b7f8-4562e4afa90d","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'E8D654C2FF1C68B9717D2CAF027B59EF8276EFC356F0A233437746FF4075ABAD', X'848AFE9DDEFC494AA1D0B81C271CAA6A02430F188B342ECB2B86513ACEDA1472');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (26, '2026-11-30T15:44:10.377944Z', 'requested', 'test|developer', 'developer', 7, '11111111-1111-4111-8111-111111111111', 'conflict-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'848AFE9DDEFC494AA1D0B81C271CAA6A02430F188B342ECB2B86513ACEDA1472', X'E32FF1B8B8F1B2AF08A711B2464F820FB3FA8995C1712C81710773387CDB6EA0');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (27, '2026-11-30T15:44:10.378146Z', 'approved by rule', NULL, NULL, 7, '11111111-1111-4111-8111-111111111111', 'conflict-app', '{"decision":"within the limits of Payments"}', X'E32FF1B8B8F1B2AF08A711B2464F820FB3FA8995C1712C81710773387CDB6EA0', X'4BC87D7A0A1706CA4AE5FC803AEF73532E725BB1DC075FB469A9DC783475369D');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (28, '2026-11-30T15:44:10.595227Z', 'sent', NULL, NULL, 7, '11111111-1111-4111-8111-111111111111', 'conflict-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'4BC87D7A0A1706CA4AE5FC803AEF73532E725BB1DC075FB469A9DC783475369D', X'738F7B4A0C922FE8A1AA7EAAEF9B7A840BC0F87144E27F14497C0E43CAF046FF');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (29, '2026-11-30T15:44:10.832701Z', 'conflict', NULL, NULL, 7, '11111111-1111-4111-8111-111111111111', 'conflict-app', '{"attempt":"1","calls":"databases_add_connectionPool 422","database":"checkout","happened":"A pool named conflict-app is on orders-prod already, and this change did not make it.","kind":"Create","mode":"Transaction","requestId":"cdd30df2-e848-406d-9751-5e3450aa0fcb","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'738F7B4A0C922FE8A1AA7EAAEF9B7A840BC0F87144E27F14497C0E43CAF046FF', X'ED1435A7B506B2ADCBF838403A7E7279E73388C015D718C6B9C3C73A14E4CFCD');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (30, '2026-11-30T15:44:10.998765Z', 'requested', 'test|developer', 'developer', 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'ED1435A7B506B2ADCBF838403A7E7279E73388C015D718C6B9C3C73A14E4CFCD', X'6AC1D2E2B4676B9F20C376D5817C06EBD17C530DF58D37CB00A859BED33FD936');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (31, '2026-11-30T15:44:10.998967Z', 'approved by rule', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"decision":"within the limits of Payments"}', X'6AC1D2E2B4676B9F20C376D5817C06EBD17C530DF58D37CB00A859BED33FD936', X'FB32B27E1E694251A5B5370210AB2BB6E9F27F9565FDA38349A3CC822076A683');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (32, '2026-11-30T15:44:11.128058Z', 'sent', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'FB32B27E1E694251A5B5370210AB2BB6E9F27F9565FDA38349A3CC822076A683', X'03AE9D28B6DFCF77EDF91B33692CC14A49CE03C0D805D6267C4566EAF2884730');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (33, '2026-11-30T15:44:11.172406Z', 'answer lost', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"1","calls":"databases_add_connectionPool no answer","database":"checkout","happened":"DigitalOcean gave no answer (connection reset).","kind":"Create","mode":"Transaction","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'03AE9D28B6DFCF77EDF91B33692CC14A49CE03C0D805D6267C4566EAF2884730', X'1FC14C9AE9CC588939278517F1AFD09DA722DDF14DC06B7EEEAC4CE4F8109AEF');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (34, '2026-11-30T15:44:11.407009Z', 'sent', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"2","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'1FC14C9AE9CC588939278517F1AFD09DA722DDF14DC06B7EEEAC4CE4F8109AEF', X'4D7C0BD4F71E95CF1FB395DD25D1FC8DA809D40CD2FADB3AEAD6A016857DF100');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (35, '2026-11-30T15:44:11.559812Z', 'answer lost', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"2","calls":"databases_add_connectionPool no answer","database":"checkout","happened":"DigitalOcean gave no answer (connection reset).","kind":"Create","mode":"Transaction","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'4D7C0BD4F71E95CF1FB395DD25D1FC8DA809D40CD2FADB3AEAD6A016857DF100', X'62510603AFF6CAC76167D34B0CEBAE26208BC098CD12F61FDF34F5F6D9D966BD');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (36, '2026-11-30T15:44:12.008180Z', 'sent', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"3","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'62510603AFF6CAC76167D34B0CEBAE26208BC098CD12F61FDF34F5F6D9D966BD', X'3115CF5F59E4C5A5F782B7D36FD09E13D58527D4F57CBC65FF008AA5C1B5424E');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (37, '2026-11-30T15:44:12.128217Z', 'answer lost', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"3","calls":"databases_add_connectionPool no answer","database":"checkout","happened":"DigitalOcean gave no answer (connection reset).","kind":"Create","mode":"Transaction","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'3115CF5F59E4C5A5F782B7D36FD09E13D58527D4F57CBC65FF008AA5C1B5424E', X'7A95E969E8288FF54245415307BD8E7FF0A66D2E970EE4372910A368E7BD68EB');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (38, '2026-11-30T15:44:12.309939Z', 'sent', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"4","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'7A95E969E8288FF54245415307BD8E7FF0A66D2E970EE4372910A368E7BD68EB', X'27540FB554F177637293B9DB8054F01EE5CC3B9C7C0EC1ADDC20D787BD4BEF2C');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (39, '2026-11-30T15:44:12.373415Z', 'answer lost', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"4","calls":"databases_add_connectionPool no answer","database":"checkout","happened":"DigitalOcean gave no answer (connection reset).","kind":"Create","mode":"Transaction","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'27540FB554F177637293B9DB8054F01EE5CC3B9C7C0EC1ADDC20D787BD4BEF2C', X'2022A908CBC66237C1A0F6CB4E5E1212ABE3300F424864806EDE7941A9D7E296');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (40, '2026-11-30T15:44:12.637176Z', 'left to a person', NULL, NULL, 8, '11111111-1111-4111-8111-111111111111', 'person-app', '{"attempt":"4","database":"checkout","happened":"DigitalOcean was asked 4 times, and it is still not clear what came of it.","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'2022A908CBC66237C1A0F6CB4E5E1212ABE3300F424864806EDE7941A9D7E296', X'2FBA600244AC0C4E56D788E93ADB5673B33F4D9D04DD81FFEFEABA6A33894C94');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (41, '2026-11-30T15:44:12.765499Z', 'requested', 'test|developer', 'developer', 9, '11111111-1111-4111-8111-111111111111', 'running-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'2FBA600244AC0C4E56D788E93ADB5673B33F4D9D04DD81FFEFEABA6A33894C94', X'227002644D30228AFE8BFA3FCE0B9F77417756F9D4CEC2230C7ED93EE7A540AE');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (42, '2026-11-30T15:44:12.765816Z', 'approved by rule', NULL, NULL, 9, '11111111-1111-4111-8111-111111111111', 'running-app', '{"decision":"within the limits of Payments"}', X'227002644D30228AFE8BFA3FCE0B9F77417756F9D4CEC2230C7ED93EE7A540AE', X'CDCCFDE16A13FAAA5F95BB454035D9DEF783EFB1436AC57AAB1D3ED35FC847DF');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (43, '2026-11-30T15:44:12.942536Z', 'sent', NULL, NULL, 9, '11111111-1111-4111-8111-111111111111', 'running-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'CDCCFDE16A13FAAA5F95BB454035D9DEF783EFB1436AC57AAB1D3ED35FC847DF', X'A3E01AD11B6FE44FFA0E28B03339B0D6BF9570AFE909BEFECF5C9805D04239A7');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (44, '2026-11-30T15:44:13.062541Z', 'requested', 'test|developer', 'developer', 10, '11111111-1111-4111-8111-111111111111', 'unknown-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'A3E01AD11B6FE44FFA0E28B03339B0D6BF9570AFE909BEFECF5C9805D04239A7', X'0B385C0A0BC37C842128015C123BAA2ABD1E8FE044A59D335EA9E6AF6046BB33');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (45, '2026-11-30T15:44:13.062795Z', 'approved by rule', NULL, NULL, 10, '11111111-1111-4111-8111-111111111111', 'unknown-app', '{"decision":"within the limits of Payments"}', X'0B385C0A0BC37C842128015C123BAA2ABD1E8FE044A59D335EA9E6AF6046BB33', X'0172B8409D1E2C15B084475A39DC8B325A885B5E80CDCA34FEE25F12CE95038E');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (46, '2026-11-30T15:44:13.122147Z', 'sent', NULL, NULL, 10, '11111111-1111-4111-8111-111111111111', 'unknown-app', '{"attempt":"1","database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'0172B8409D1E2C15B084475A39DC8B325A885B5E80CDCA34FEE25F12CE95038E', X'23E4F934267EE71A36B8E58E70FD0CE5ABC3A44F846502EE31ECE4100CDAB611');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (47, '2026-11-30T15:44:13.168667Z', 'answer lost', NULL, NULL, 10, '11111111-1111-4111-8111-111111111111', 'unknown-app', '{"attempt":"1","calls":"databases_add_connectionPool no answer","database":"checkout","happened":"DigitalOcean gave no answer (connection reset).","kind":"Create","mode":"Transaction","size":"2","team":"Payments","tokenVersion":"1","user":"app"}', X'23E4F934267EE71A36B8E58E70FD0CE5ABC3A44F846502EE31ECE4100CDAB611', X'D22ADAB3F6F61C9ACCEB81B97ABA49C55DF943C746A0CA68535D0ECD476C6E39');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (48, '2026-11-30T15:44:13.282559Z', 'changes frozen', 'test|admin', 'admin', NULL, NULL, NULL, '{"until":"2026-11-30T17:44:00Z","what":"all clusters","words":"The year is being closed."}', X'D22ADAB3F6F61C9ACCEB81B97ABA49C55DF943C746A0CA68535D0ECD476C6E39', X'A159A968725CE2C821EAA87143100A97210CD778C98206BD6F7074CE3DAA963F');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (49, '2026-11-30T15:44:13.333016Z', 'requested', 'test|developer', 'developer', 11, '11111111-1111-4111-8111-111111111111', 'approved-app', '{"database":"checkout","kind":"Create","mode":"Transaction","size":"2","team":"Payments","user":"app"}', X'A159A968725CE2C821EAA87143100A97210CD778C98206BD6F7074CE3DAA963F', X'DC57DAC8939429E20D6ECA1F7F5DA93F193D0A694FFE33B2F95914D3952719C5');
INSERT INTO "audit" ("sequence", "at", "action", "actor_id", "actor_name", "change_id", "cluster_id", "pool", "details", "previous_hash", "hash") VALUES (50, '2026-11-30T15:44:13.333186Z', 'approved by rule', NULL, NULL, 11, '11111111-1111-4111-8111-111111111111', 'approved-app', '{"decision":"within the limits of Payments"}', X'DC57DAC8939429E20D6ECA1F7F5DA93F193D0A694FFE33B2F95914D3952719C5', X'1E0AE68C2BE51B707301DFDA90D8FF9C2A93A0EDAB91C461AEF3B902A288C42E');
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (1, '8D490C82-73FE-430E-A436-C7CF99215222', 'Create', 'Done', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'done-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:06.341390Z', '2026-11-30T15:44:09.177668Z', 1, 0, '2026-11-30T15:44:07.844091Z', 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 'fe18604d-a380-4ec2-b948-f7abb87db9d7', 7, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (2, 'B421D1A5-DC0A-4029-ACEB-F99C3A7C7615', 'Create', 'Expired', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'expired-app', 'Transaction', 30, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', '30 is more than the 19 that are given at once on orders-prod', NULL, NULL, '2026-11-30T15:44:08.625449Z', '2026-12-07T15:44:08.625449Z', 0, 0, NULL, 0, 0, NULL, NULL, NULL, 0, 'Nobody decided within 7 days.', 'Ask again if it is still wanted.', NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (3, 'A8F52861-501D-4320-A210-03EF08E8ED68', 'Create', 'WaitingForReview', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'waiting-app', 'Transaction', 30, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', '30 is more than the 19 that are given at once on orders-prod', NULL, NULL, '2026-11-30T15:44:08.733831Z', '2026-11-30T15:44:08.733831Z', 0, 0, NULL, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (4, '1785F67E-D5CB-476E-92C9-33A9CA032575', 'Create', 'Declined', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'declined-app', 'Transaction', 30, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', '30 is more than the 19 that are given at once on orders-prod', 'test|lead', 'lead', '2026-11-30T15:44:08.797289Z', '2026-11-30T15:44:09.129724Z', 0, 0, NULL, 0, 0, NULL, NULL, NULL, 0, 'lead declined this: Ask for 12.', 'Ask again with other values if it is still wanted.', NULL, NULL, 2, NULL, NULL, '2026-11-30T15:44:09.129724Z', NULL, NULL, 'Ask for 12.', NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (5, '36776950-8EAB-42E5-A32E-50464A4DB108', 'Create', 'Withdrawn', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'withdrawn-app', 'Transaction', 30, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', '30 is more than the 19 that are given at once on orders-prod', NULL, NULL, '2026-11-30T15:44:09.269877Z', '2026-11-30T15:44:09.443211Z', 0, 0, NULL, 0, 0, NULL, NULL, NULL, 0, 'Withdrawn before anything was sent.', NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (6, 'FE7A7E24-DD75-4B45-9395-EC5F03ACB458', 'Create', 'Failed', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'failed-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:09.685412Z', '2026-11-30T15:44:10.279285Z', 1, 0, '2026-11-30T15:44:09.946694Z', 0, 0, NULL, NULL, NULL, 0, 'DigitalOcean did not accept these values.', 'Change what its message names and try again.', 'Unexpected server-side error', 'a4935bf1-c0c6-4a03-b7f8-4562e4afa90d', 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (7, 'C899019F-CD27-495F-B10B-26A249C9440B', 'Create', 'Conflict', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'conflict-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:10.375828Z', '2026-11-30T15:44:10.814233Z', 1, 0, '2026-11-30T15:44:10.594156Z', 0, 0, NULL, NULL, NULL, 0, 'A pool named conflict-app is on orders-prod already, and this change did not make it.', 'Nothing was changed. Find out whose it is. When it is the team''s own, a lead can say so here; else give this up and choose another name.', 'Unexpected server-side error', 'cdd30df2-e848-406d-9751-5e3450aa0fcb', 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (8, 'B8A3EE6C-5A9C-491D-A813-7E24765DC6F1', 'Create', 'NeedsPerson', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'person-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:10.996704Z', '2026-11-30T15:44:12.635834Z', 4, 0, '2026-11-30T15:44:11.121340Z', 1, 0, '2026-11-30T15:44:12.568437Z', NULL, NULL, 0, 'DigitalOcean was asked 4 times, and it is still not clear what came of it.', 'Look in DigitalOcean''s control panel whether person-app is on orders-prod, then decide here.', NULL, NULL, 15, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (9, '5D072856-4937-4430-B934-9C66254522D5', 'Create', 'Running', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'running-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:12.760266Z', '2026-11-30T15:44:12.941546Z', 1, 1, '2026-11-30T15:44:12.941546Z', 0, 0, NULL, '394F86D8-2A79-4E4D-B2F8-6DA626FCAC4A', '2026-11-30T15:44:15.211441Z', 0, NULL, NULL, NULL, NULL, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (10, '9A0A2B35-2336-4C4F-925F-FAC3B7653DB2', 'Create', 'Unknown', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'unknown-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:13.061041Z', '2026-11-30T15:44:13.445880Z', 1, 0, '2026-11-30T15:44:13.121271Z', 0, 0, '2026-11-30T15:44:18.445880Z', NULL, NULL, 0, 'DigitalOcean gave no answer (connection reset).', 'The pool may be there or not. The portal reads it back, and sends again only when it is not.', NULL, NULL, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "changes" ("id", "form_id", "kind", "state", "cluster_id", "cluster_name", "pool_name", "mode", "size", "database", "user", "before", "team", "requester_id", "requester_name", "reason", "decision", "decided_by_id", "decided_by_name", "requested_at", "changed_at", "attempt", "in_flight", "first_sent_at", "read_backs", "not_ready_answers", "not_before", "lease_owner", "lease_until", "was_found_again", "happened", "to_do", "api_message", "api_request_id", "version", "appeared_at", "asked_size", "decided_at", "seen_by_id", "seen_by_name", "decision_note", "ends_at", "is_urgent", "reminded_at", "seen_at") VALUES (11, '1D3316A5-2A3A-4AB3-B2E6-D4CE035DE867', 'Create', 'Approved', '11111111-1111-4111-8111-111111111111', 'orders-prod', 'approved-app', 'Transaction', 2, 'checkout', 'app', NULL, 'Payments', 'test|developer', 'developer', 'a test', 'within the limits of Payments', NULL, NULL, '2026-11-30T15:44:13.326848Z', '2026-11-30T15:44:13.326848Z', 0, 0, NULL, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO "clusters" ("id", "name", "status", "region", "size_slug", "tags", "databases", "users", "read_at", "pools_read_at", "primary_id", "replicas_read_at", "pools_known_at") VALUES ('11111111-1111-4111-8111-111111111111', 'orders-prod', 'online', 'fra1', 'db-s-2vcpu-4gb', '["production","orders"]', '["checkout","defaultdb","orders","reports"]', '["app","checkout","doadmin","orders_app","reporting"]', '2026-11-30T15:44:13.093392Z', '2026-11-30T15:44:13.100484Z', NULL, '2026-11-30T15:44:05.190411Z', '2026-11-30T15:44:13.085721Z');
INSERT INTO "clusters" ("id", "name", "status", "region", "size_slug", "tags", "databases", "users", "read_at", "pools_read_at", "primary_id", "replicas_read_at", "pools_known_at") VALUES ('22222222-2222-4222-8222-222222222222', 'payments-staging', 'online', 'fra1', 'db-s-1vcpu-1gb', '["staging","payments"]', '["defaultdb","payments"]', '["doadmin","ledger","payments"]', '2026-11-30T15:44:04.302813Z', '2026-11-30T15:44:05.150743Z', NULL, '2026-11-30T15:44:05.869673Z', '2026-11-30T15:44:04.829835Z');
INSERT INTO "clusters" ("id", "name", "status", "region", "size_slug", "tags", "databases", "users", "read_at", "pools_read_at", "primary_id", "replicas_read_at", "pools_known_at") VALUES ('33333333-3333-4333-8333-333333333333', 'analytics', 'resizing', 'nyc3', 'db-s-4vcpu-8gb', '["production"]', '["defaultdb","events"]', '["dashboards","doadmin"]', '2026-11-30T15:44:04.302813Z', '2026-11-30T15:44:05.150397Z', NULL, '2026-11-30T15:44:05.197705Z', '2026-11-30T15:44:04.829397Z');
INSERT INTO "clusters" ("id", "name", "status", "region", "size_slug", "tags", "databases", "users", "read_at", "pools_read_at", "primary_id", "replicas_read_at", "pools_known_at") VALUES ('33333333-3333-4333-8333-3333333333AA', 'analytics-read', 'online', 'fra1', 'db-s-2vcpu-4gb', '["production"]', '["defaultdb","events"]', '["dashboards","doadmin"]', '2026-11-30T15:44:05.197705Z', '2026-11-30T15:44:05.869403Z', '33333333-3333-4333-8333-333333333333', NULL, '2026-11-30T15:44:05.840404Z');
INSERT INTO "data_protection_keys" ("id", "friendly_name", "xml") VALUES (1, 'key-9f7a963a-b367-4e9b-9acf-e5d6878e6473', '<key id="9f7a963a-b367-4e9b-9acf-e5d6878e6473" version="1"><creationDate>2026-11-30T15:44:00.6543551Z</creationDate><activationDate>2026-11-30T15:44:00.6543551Z</activationDate><expirationDate>2027-02-28T15:44:00.6543551Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_CBC" /><validation algorithm="HMACSHA256" /><encryptedSecret decryptorType="Portal.Vaults.KeyDecryption, Portal, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null" xmlns="http://schemas.asp.net/2015/03/dataProtection"><encryptedKey key="9c98bd4e4f1782e9" xmlns="">wDgXAr5Cg9f1rHKBNE6OHSXPLELBz1hKZvcLxhfqpZaEwRg/p5gxesqm9YbX5af+d5rJZelI2AS5AWODof8PQZkk8lkUdS+aIduThnpqjMKktPIM2aAU99v3iaaw0iwvXYsR/68lfoeDpl0QOupIS2r5Jo2bZNo8NfezjZA96ieI1NRIagkj6N4CTu8C/kLqVLBYFHYLrkdZvOQo0w0aajuz3kxfkNexSvHmHnST9mlxJdA+kCq3Yi0wh5oWkwDZxc/oOJzg1wmttLR++YGIEfH5jkHwGFSVihIfk+UtKsaI22ekunmteQ5yTtc4rTd2IWf3MKPb2A6r2gYXGzB6AgJ8wK4SvxxSQznNJjlouRpZppW/iS3oTLj/A3J+ZdeTJWlKfNld6xLJ4Q==</encryptedKey></encryptedSecret></descriptor></descriptor></key>');
INSERT INTO "drafts" ("person_id", "form", "content", "changed_at") VALUES ('test|developer', 'new-pool', '{"Name":"checkout-half","Size":"1"}', '2026-11-30T15:44:12.654216Z');
INSERT INTO "managed_pools" ("cluster_id", "name", "team", "owner_id", "owner_name", "purpose", "mode", "size", "database", "user", "managed_since", "last_change_id", "last_changed_at", "next_look_at", "ends_at", "last_look_at", "last_look_by") VALUES ('11111111-1111-4111-8111-111111111111', 'done-app', 'Payments', 'test|developer', 'developer', 'a test', 'Transaction', 2, 'checkout', 'app', '2026-11-30T15:44:08.002948Z', 1, '2026-11-30T15:44:08.002948Z', NULL, NULL, NULL, NULL);
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('33333333-3333-4333-8333-333333333333', 'dashboards', 'session', 20, 'events', 'dashboards', '2026-11-30T15:44:05.150397Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('33333333-3333-4333-8333-333333333333', 'events-inbound', 'transaction', 10, 'events', NULL, '2026-11-30T15:44:05.150397Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('22222222-2222-4222-8222-222222222222', 'legacy-etl', 'session', 5, 'payments', 'ledger', '2026-11-30T15:44:05.150743Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('22222222-2222-4222-8222-222222222222', 'payments-app', 'transaction', 6, 'payments', 'payments', '2026-11-30T15:44:05.150743Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('33333333-3333-4333-8333-3333333333AA', 'nightly-reports', 'transaction', 8, 'events', 'dashboards', '2026-11-30T15:44:05.869403Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('11111111-1111-4111-8111-111111111111', 'done-app', 'transaction', 2, 'checkout', 'app', '2026-11-30T15:44:08.002948Z');
INSERT INTO "pools" ("cluster_id", "name", "mode_text", "size", "database", "user", "first_seen_at") VALUES ('11111111-1111-4111-8111-111111111111', 'conflict-app', 'transaction', 2, 'checkout', 'app', '2026-11-30T15:44:10.870728Z');
INSERT INTO "sessions" ("key_hash", "person_id", "person_name", "roles", "groups", "provider_session", "sealed_id_token", "nonce_hash", "created_at", "last_activity_at", "expires_at", "ended_at", "ended_because", "authenticated_at") VALUES (X'99FBEFB13D6759A2F3360DE19070CA269D2D9AB71A200F3D5356BD33F7C88F6E', 'test|developer', 'developer', '["Developer"]', '["payments"]', NULL, X'09F0C9F03A967A9F67B39B4E9ACFE5D6878E6473EF9175D8211E30DD1B0E3877C6537D9B42FD08278A8A562D2E29B2B8DC3DACDDA7D751673E23720AB31444B7CED27DA2B36A8865A52308D31E9143D7BE1D00BA654E33E63D590AD4303C69687D168145', X'D54776551EE19A5ECDB44C6688675F82BF6B76AEFD6BECF65D3719CEE28D40D0', '2026-11-30T15:44:04.815687Z', '2026-11-30T15:44:04.815687Z', '2026-11-30T23:44:04.815687Z', NULL, NULL, NULL);
INSERT INTO "sessions" ("key_hash", "person_id", "person_name", "roles", "groups", "provider_session", "sealed_id_token", "nonce_hash", "created_at", "last_activity_at", "expires_at", "ended_at", "ended_because", "authenticated_at") VALUES (X'308D0C708DF20F8DCE8121C5F54D5A1080E8BA63D7E8D8A106FED07D96147454', 'test|lead', 'lead', '["TeamLead"]', '["payments-leads"]', NULL, X'09F0C9F03A967A9F67B39B4E9ACFE5D6878E6473CE3AA1CB0A527297A7F327F1636A5B9262D2AB3D5A304E11439ADA5A4CCAA5FB36A91936E46C5DBF2947D01E8F4DADC454145DB63B9B4EFA84196197FAC529C11637DF5F2A41D2EB9E931C62E8098541', X'5D906372D2AF608532647F4DABA5BF9C147A0F3897A5DDDA05F6C1F148908249', '2026-11-30T15:44:05.350376Z', '2026-11-30T15:44:05.350376Z', '2026-11-30T23:44:05.350376Z', NULL, NULL, NULL);
INSERT INTO "sessions" ("key_hash", "person_id", "person_name", "roles", "groups", "provider_session", "sealed_id_token", "nonce_hash", "created_at", "last_activity_at", "expires_at", "ended_at", "ended_because", "authenticated_at") VALUES (X'BA69A43467BEAAFF5E7BE4D7EECF787046AFA27D4ADA08E96446674975D2F1F7', 'test|admin', 'admin', '["Admin"]', '[]', NULL, X'09F0C9F03A967A9F67B39B4E9ACFE5D6878E647317E098A0B8183B59940CF0894E32129859EAAE3FB19EAA8385CD227A192639AD175B92BFD0EA76F6DA4F62A3BEAEA129819F18E3C0B46AFBACE0276619F84AF7424DC8DC26031DE8510478DA3AE3052B', X'EC2636CE12183A93B38663FF5EF7962394D795C9AF8E397AE7A757CECEE70656', '2026-11-30T15:44:05.871557Z', '2026-11-30T15:44:05.871557Z', '2026-11-30T23:44:05.871557Z', NULL, NULL, NULL);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (1, 'CheckedPolicy', '2026-11-30T15:44:06.341390Z', 'within the limits of Payments', 1);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (2, 'Approved', '2026-11-30T15:44:06.341390Z', 'by rule', 1);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (3, 'AskedDigitalOcean', '2026-11-30T15:44:07.996874Z', NULL, 1);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (4, 'ReadBack', '2026-11-30T15:44:07.996874Z', 'read back as asked for', 1);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (5, 'CheckedPolicy', '2026-11-30T15:44:08.625449Z', '30 is more than the 19 that are given at once on orders-prod', 2);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (6, 'CheckedPolicy', '2026-11-30T15:44:08.733831Z', '30 is more than the 19 that are given at once on orders-prod', 3);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (7, 'CheckedPolicy', '2026-11-30T15:44:08.797289Z', '30 is more than the 19 that are given at once on orders-prod', 4);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (8, 'TestedConnection', '2026-11-30T15:44:09.177668Z', 'not reachable from the portal: host not found', 1);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (9, 'CheckedPolicy', '2026-11-30T15:44:09.269877Z', '30 is more than the 19 that are given at once on orders-prod', 5);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (10, 'CheckedPolicy', '2026-11-30T15:44:09.685412Z', 'within the limits of Payments', 6);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (11, 'Approved', '2026-11-30T15:44:09.685412Z', 'by rule', 6);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (12, 'CheckedPolicy', '2026-11-30T15:44:10.375828Z', 'within the limits of Payments', 7);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (13, 'Approved', '2026-11-30T15:44:10.375828Z', 'by rule', 7);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (14, 'CheckedPolicy', '2026-11-30T15:44:10.996704Z', 'within the limits of Payments', 8);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (15, 'Approved', '2026-11-30T15:44:10.996704Z', 'by rule', 8);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (16, 'CheckedPolicy', '2026-11-30T15:44:12.760266Z', 'within the limits of Payments', 9);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (17, 'Approved', '2026-11-30T15:44:12.760266Z', 'by rule', 9);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (18, 'CheckedPolicy', '2026-11-30T15:44:13.061041Z', 'within the limits of Payments', 10);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (19, 'Approved', '2026-11-30T15:44:13.061041Z', 'by rule', 10);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (20, 'CheckedPolicy', '2026-11-30T15:44:13.326848Z', 'within the limits of Payments', 11);
INSERT INTO "change_steps" ("id", "kind", "at", "text", "change_id") VALUES (21, 'Approved', '2026-11-30T15:44:13.326848Z', 'by rule', 11);
INSERT INTO "audit_checkpoints" ("sequence", "at", "hash", "previous", "key_id", "signature") VALUES (20, '2026-11-30T15:44:09.000000Z', X'810C653A69B2706C394C54AFC004BA93F05A89259F9608542F7F1854C1DDB7B6', X'0000000000000000000000000000000000000000000000000000000000000000', 'd600acbcbb5d8edebefff7a70c93aec5026027d5f49ffce343b44a5dd0331713', X'9FAAE02719427F6EFA472A7C20E7A554B3C3609DAB084C640FB7A70336F1D2E8735726F40D31D9D9E7C62652F22E42DCB13508367E2CF4D54F3D8293158E35BF');
INSERT INTO "audit_checkpoints" ("sequence", "at", "hash", "previous", "key_id", "signature") VALUES (40, '2026-11-30T15:44:12.000000Z', X'2FBA600244AC0C4E56D788E93ADB5673B33F4D9D04DD81FFEFEABA6A33894C94', X'471FA8E7EB44CC62DC1CDACFFE1548E32D2EEBE84B496616EE5C39F99831C46E', 'd600acbcbb5d8edebefff7a70c93aec5026027d5f49ffce343b44a5dd0331713', X'B6D5ED219DB0C620D1AF886DF8266AAA45E3FC6CE4FB6B72C41B890CA14CE308358BD2494A7C5F5B018B85A06F5D9DE58A237B253F80904B19CFD6729F29FFF5');
INSERT INTO "freezes" ("id", "cluster_id", "cluster_name", "words", "by_id", "by_name", "from", "until", "ended_at", "ended_by_name") VALUES (1, NULL, NULL, 'The year is being closed.', 'test|admin', 'admin', '2026-11-30T15:44:13.210740Z', '2026-11-30T17:44:00.000000Z', NULL, NULL);
INSERT INTO "notice_cursor" ("id", "sequence") VALUES (1, 40);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (1, 11, 'review-asked', '{"id":11,"kind":"review-asked","at":"2026-11-30T15:44:08.644065+00:00","who":"developer","team":"Payments","cluster":"orders-prod","pool":"expired-app","change":2,"for":["lead"],"text":"developer (Payments) asks for a new pool expired-app of size 30 on orders-prod. It waits for a review.","link":"http://127.0.0.1:46427/changes/2"}', '2026-11-30T15:44:09.913874Z', 1, '2026-11-30T15:44:18.897674Z', NULL, NULL, 'The receiver could not be reached.', 2);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (2, 12, 'expired', '{"id":12,"kind":"expired","at":"2026-11-30T15:44:08.722006+00:00","who":null,"team":"Payments","cluster":"orders-prod","pool":"expired-app","change":2,"for":["developer","lead"],"text":"a new pool expired-app of size 30 on orders-prod (Payments) was not decided in time and has expired.","link":"http://127.0.0.1:46427/changes/2"}', '2026-11-30T15:44:09.913874Z', 1, '2026-11-30T15:44:23.117944Z', NULL, NULL, 'The receiver could not be reached.', 2);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (3, 14, 'review-asked', '{"id":14,"kind":"review-asked","at":"2026-11-30T15:44:08.736126+00:00","who":"developer","team":"Payments","cluster":"orders-prod","pool":"waiting-app","change":3,"for":["lead"],"text":"developer (Payments) asks for a new pool waiting-app of size 30 on orders-prod. It waits for a review.","link":"http://127.0.0.1:46427/changes/3"}', '2026-11-30T15:44:09.913874Z', 1, '2026-11-30T15:44:24.232511Z', NULL, NULL, 'The receiver could not be reached.', 2);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (4, 16, 'review-asked', '{"id":16,"kind":"review-asked","at":"2026-11-30T15:44:08.801262+00:00","who":"developer","team":"Payments","cluster":"orders-prod","pool":"declined-app","change":4,"for":["lead"],"text":"developer (Payments) asks for a new pool declined-app of size 30 on orders-prod. It waits for a review.","link":"http://127.0.0.1:46427/changes/4"}', '2026-11-30T15:44:09.913874Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (5, 17, 'declined', '{"id":17,"kind":"declined","at":"2026-11-30T15:44:09.145435+00:00","who":"lead","team":"Payments","cluster":"orders-prod","pool":"declined-app","change":4,"for":["developer","lead"],"text":"lead declined a new pool declined-app of size 30 on orders-prod (Payments): Ask for 12..","link":"http://127.0.0.1:46427/changes/4"}', '2026-11-30T15:44:09.913874Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (6, 20, 'review-asked', '{"id":20,"kind":"review-asked","at":"2026-11-30T15:44:09.290091+00:00","who":"developer","team":"Payments","cluster":"orders-prod","pool":"withdrawn-app","change":5,"for":["lead"],"text":"developer (Payments) asks for a new pool withdrawn-app of size 30 on orders-prod. It waits for a review.","link":"http://127.0.0.1:46427/changes/5"}', '2026-11-30T15:44:09.913874Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (7, 25, 'failed', '{"id":25,"kind":"failed","at":"2026-11-30T15:44:10.304229+00:00","who":null,"team":"Payments","cluster":"orders-prod","pool":"failed-app","change":6,"for":["developer","lead"],"text":"a new pool failed-app of size 2 on orders-prod (Payments) failed. DigitalOcean did not accept these values.","link":"http://127.0.0.1:46427/changes/6"}', '2026-11-30T15:44:11.594978Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (8, 29, 'conflict', '{"id":29,"kind":"conflict","at":"2026-11-30T15:44:10.832701+00:00","who":null,"team":"Payments","cluster":"orders-prod","pool":"conflict-app","change":7,"for":["developer","lead"],"text":"a new pool conflict-app of size 2 on orders-prod (Payments) is in conflict, and somebody has to decide. A pool named conflict-app is on orders-prod already, and this change did not make it.","link":"http://127.0.0.1:46427/changes/7"}', '2026-11-30T15:44:11.594978Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "notices" ("id", "sequence", "kind", "body", "created_at", "attempts", "not_before", "delivered_at", "given_up_at", "failure", "version") VALUES (9, 40, 'needs-person', '{"id":40,"kind":"needs-person","at":"2026-11-30T15:44:12.637176+00:00","who":null,"team":"Payments","cluster":"orders-prod","pool":"person-app","change":8,"for":["developer","lead"],"text":"a new pool person-app of size 2 on orders-prod (Payments) is unclear, and somebody has to decide. DigitalOcean was asked 4 times, and it is still not clear what came of it.","link":"http://127.0.0.1:46427/changes/8"}', '2026-11-30T15:44:12.762069Z', 0, NULL, NULL, NULL, NULL, 0);
INSERT INTO "people" ("id", "name", "roles", "groups", "last_sign_in_at") VALUES ('test|developer', 'developer', '["Developer"]', '["payments"]', '2026-11-30T15:44:04.815687Z');
INSERT INTO "people" ("id", "name", "roles", "groups", "last_sign_in_at") VALUES ('test|lead', 'lead', '["TeamLead"]', '["payments-leads"]', '2026-11-30T15:44:05.350376Z');
INSERT INTO "people" ("id", "name", "roles", "groups", "last_sign_in_at") VALUES ('test|admin', 'admin', '["Admin"]', '[]', '2026-11-30T15:44:05.871557Z');
CREATE INDEX "IX_audit_change_id" ON "audit" ("change_id");
CREATE INDEX "IX_audit_cluster_id_pool" ON "audit" ("cluster_id", "pool");
CREATE INDEX "IX_change_steps_change_id" ON "change_steps" ("change_id");
CREATE UNIQUE INDEX "IX_changes_cluster_id_pool_name" ON "changes" ("cluster_id", "pool_name") WHERE state IN ('Approved', 'Running', 'Unknown', 'Conflict', 'NeedsPerson');
CREATE UNIQUE INDEX "IX_changes_form_id" ON "changes" ("form_id");
CREATE INDEX "IX_changes_requester_id" ON "changes" ("requester_id");
CREATE INDEX "IX_changes_state_not_before" ON "changes" ("state", "not_before");
CREATE INDEX "IX_clusters_pools_read_at" ON "clusters" ("pools_read_at");
CREATE INDEX "IX_sessions_ended_at" ON "sessions" ("ended_at");
CREATE UNIQUE INDEX "IX_sessions_nonce_hash" ON "sessions" ("nonce_hash");
CREATE INDEX "IX_sessions_person_id" ON "sessions" ("person_id");
CREATE INDEX "IX_sessions_provider_session" ON "sessions" ("provider_session");
CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE INDEX "IX_managed_pools_ends_at" ON "managed_pools" ("ends_at");
CREATE INDEX "IX_managed_pools_next_look_at" ON "managed_pools" ("next_look_at");
CREATE INDEX "IX_changes_state_team" ON "changes" ("state", "team");
CREATE INDEX "IX_changes_urgent" ON "changes" ("team") WHERE is_urgent AND seen_at IS NULL;
CREATE INDEX "IX_audit_action" ON "audit" ("action");
CREATE INDEX "IX_audit_actor_id" ON "audit" ("actor_id");
CREATE INDEX "IX_audit_at" ON "audit" ("at");
CREATE INDEX "IX_freezes_until" ON "freezes" ("until");
CREATE INDEX "IX_notices_delivered_at_given_up_at_not_before" ON "notices" ("delivered_at", "given_up_at", "not_before");
CREATE UNIQUE INDEX "IX_notices_sequence" ON "notices" ("sequence");
CREATE INDEX "IX_people_last_sign_in_at" ON "people" ("last_sign_in_at");
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
WHEN OLD.sequence > (SELECT coalesce(max(through), 0) FROM audit_removals)
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_checkpoints_refuses_update BEFORE UPDATE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_checkpoints_refuses_delete BEFORE DELETE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_removals_refuses_update BEFORE UPDATE ON audit_removals
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_removals_refuses_delete BEFORE DELETE ON audit_removals
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE INDEX "IX_connections_asked_at" ON "connections_asked" ("at");
CREATE INDEX "IX_connections_asked_person_id_at" ON "connections_asked" ("person_id", "at");
COMMIT;
