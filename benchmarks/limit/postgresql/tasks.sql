-- My open tasks: 20, each with its matter and the last reply on it. $1: holders.
-- Whoever sees a matter sees its history and reports (their row filter asks for the same part).
SELECT '{"data":{"viewer":{"tasks":{"nodes":' || coalesce((
    SELECT json_agg(x) FROM (
      SELECT 'Task_' || encode(uuid_send(t.id), 'hex') AS id, t.kind, t.clause, t.due_on AS "dueOn",
        t.opened_at AS "openedAt",
        CASE WHEN EXISTS (
          SELECT FROM part p WHERE p.object_id = t.object_id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
        THEN CASE t.noun
          WHEN 'motion' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Motion' AS __typename, 'Motion_' || encode(uuid_send(m.id), 'hex') AS id, m.title,
              last.reply AS history
            FROM motion m WHERE m.id = t.object_id) y)
          WHEN 'opinion' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Opinion' AS __typename, 'Opinion_' || encode(uuid_send(o.id), 'hex') AS id,
              (SELECT row_to_json(z) FROM (
                SELECT m.title, (
                  SELECT coalesce(json_agg(w), '[]') FROM (
                    SELECT s.action, s.opinion,
                      s.signed_at AS "signedAt",
                      (SELECT row_to_json(v) FROM (SELECT p.name FROM person p WHERE p.id = s.person_id) v) AS person
                    FROM signature s WHERE s.object_id = m.id ORDER BY s.entered_at DESC, s.id DESC LIMIT 1
                  ) w) AS history
                FROM motion m WHERE m.id = o.motion_id AND EXISTS (
                  SELECT FROM part p WHERE p.object_id = m.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
              ) z) AS motion
            FROM opinion o WHERE o.id = t.object_id) y)
          WHEN 'document' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Document' AS __typename, 'Document_' || encode(uuid_send(d.id), 'hex') AS id, d.title,
              last.reply AS history
            FROM document d WHERE d.id = t.object_id) y)
          WHEN 'attendance' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Attendance' AS __typename, 'Attendance_' || encode(uuid_send(a.id), 'hex') AS id,
              (SELECT row_to_json(z) FROM (
                SELECT m.title, m.starts_at AS "startsAt"
                FROM meeting m WHERE m.id = a.meeting_id AND EXISTS (
                  SELECT FROM part p WHERE p.object_id = m.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
              ) z) AS meeting
            FROM attendance a WHERE a.id = t.object_id) y)
          WHEN 'directive' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Directive' AS __typename, 'Directive_' || encode(uuid_send(d.id), 'hex') AS id,
              d.title, (
                SELECT coalesce(json_agg(z), '[]') FROM (
                  SELECT r.text, r.reported_at AS "reportedAt",
                    (SELECT row_to_json(w) FROM (SELECT p.name FROM person p WHERE p.id = r.reporter_id) w) AS reporter
                  FROM report r WHERE r.directive_id = d.id ORDER BY r.id DESC LIMIT 1
                ) z) AS reports
            FROM directive d WHERE d.id = t.object_id) y)
          WHEN 'meeting' THEN (SELECT row_to_json(y) FROM (
            SELECT 'Meeting' AS __typename, 'Meeting_' || encode(uuid_send(m.id), 'hex') AS id
            FROM meeting m WHERE m.id = t.object_id) y)
        END END AS matter
      FROM (
        SELECT l.* FROM unnest($1::text[]) h CROSS JOIN LATERAL (
          SELECT id, kind, clause, due_on, opened_at, noun, object_id FROM task
          WHERE holder = h AND closed_at IS NULL ORDER BY closed_at, id LIMIT 20 -- an order that only ix_task_owed can give
        ) l ORDER BY l.id LIMIT 20
      ) t LEFT JOIN LATERAL (
        SELECT coalesce(json_agg(w), '[]') AS reply FROM (
          SELECT s.action, s.opinion,
            s.signed_at AS "signedAt",
            (SELECT row_to_json(v) FROM (SELECT p.name FROM person p WHERE p.id = s.person_id) v) AS person
          FROM signature s WHERE s.object_id = t.object_id ORDER BY s.entered_at DESC, s.id DESC LIMIT 1
        ) w
      ) last ON t.noun IN ('motion', 'document')
      ORDER BY t.id
    ) x
  )::text, '[]') || '}}}}'
