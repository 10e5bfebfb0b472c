-- My open tasks: 20, each with its matter and the last reply on it.
-- Whoever sees a matter sees its history and reports (their row filter asks for the same part).
WITH me AS MATERIALIZED (SELECT value FROM json_each(:holders))
SELECT '{"data":{"viewer":{"tasks":{"nodes":' || (
  SELECT json_group_array(json_object(
    'id', 'Task_' || t.id, 'kind', t.kind, 'clause', t.clause, 'dueOn', t.due_on,
    'openedAt', substr(t.opened_at, 1, 10) || 'T' || substr(t.opened_at, 12, 8) || rtrim(rtrim(substr(t.opened_at, 20), '0'), '.') || '+00:00',
    'matter', CASE WHEN EXISTS (
      SELECT 1 FROM part p WHERE p.object_id = t.object_id AND p.in_force AND p.holder IN me
    ) THEN CASE t.noun
      WHEN 'motion' THEN (
        SELECT json_object('__typename', 'Motion', 'id', 'Motion_' || m.id, 'title', m.title, 'history', (
          SELECT json_group_array(json_object(
            'action', s.action, 'opinion', s.opinion, 'signedAt', substr(s.signed_at, 1, 10) || 'T' || substr(s.signed_at, 12, 8) || rtrim(rtrim(substr(s.signed_at, 20), '0'), '.') || '+00:00',
            'person', (SELECT json_object('name', p.name) FROM person p WHERE p.id = s.person_id)
          )) FROM (
            SELECT * FROM signature s WHERE s.object_id = m.id ORDER BY s.entered_at DESC, s.id DESC LIMIT 1
          ) s
        ))
        FROM motion m WHERE m.id = t.object_id)
      WHEN 'opinion' THEN (
        SELECT json_object('__typename', 'Opinion', 'id', 'Opinion_' || o.id, 'motion', (
          SELECT json_object('title', m.title, 'history', (
          SELECT json_group_array(json_object(
            'action', s.action, 'opinion', s.opinion, 'signedAt', substr(s.signed_at, 1, 10) || 'T' || substr(s.signed_at, 12, 8) || rtrim(rtrim(substr(s.signed_at, 20), '0'), '.') || '+00:00',
            'person', (SELECT json_object('name', p.name) FROM person p WHERE p.id = s.person_id)
          )) FROM (
            SELECT * FROM signature s WHERE s.object_id = m.id ORDER BY s.entered_at DESC, s.id DESC LIMIT 1
          ) s
        ))
          FROM motion m WHERE m.id = o.motion_id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
        )) FROM opinion o WHERE o.id = t.object_id)
      WHEN 'document' THEN (
        SELECT json_object('__typename', 'Document', 'id', 'Document_' || d.id, 'title', d.title, 'history', (
          SELECT json_group_array(json_object(
            'action', s.action, 'opinion', s.opinion, 'signedAt', substr(s.signed_at, 1, 10) || 'T' || substr(s.signed_at, 12, 8) || rtrim(rtrim(substr(s.signed_at, 20), '0'), '.') || '+00:00',
            'person', (SELECT json_object('name', p.name) FROM person p WHERE p.id = s.person_id)
          )) FROM (
            SELECT * FROM signature s WHERE s.object_id = d.id ORDER BY s.entered_at DESC, s.id DESC LIMIT 1
          ) s
        ))
        FROM document d WHERE d.id = t.object_id)
      WHEN 'attendance' THEN (
        SELECT json_object('__typename', 'Attendance', 'id', 'Attendance_' || a.id, 'meeting', (
          SELECT json_object('title', m.title, 'startsAt', substr(m.starts_at, 1, 10) || 'T' || substr(m.starts_at, 12, 8) || rtrim(rtrim(substr(m.starts_at, 20), '0'), '.') || '+00:00')
          FROM meeting m WHERE m.id = a.meeting_id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
        )) FROM attendance a WHERE a.id = t.object_id)
      WHEN 'directive' THEN (
        SELECT json_object('__typename', 'Directive', 'id', 'Directive_' || d.id, 'title', d.title, 'reports', (
          SELECT json_group_array(json_object(
            'text', r.text, 'reportedAt', substr(r.reported_at, 1, 10) || 'T' || substr(r.reported_at, 12, 8) || rtrim(rtrim(substr(r.reported_at, 20), '0'), '.') || '+00:00',
            'reporter', (SELECT json_object('name', p.name) FROM person p WHERE p.id = r.reporter_id)
          )) FROM (SELECT * FROM report r WHERE r.directive_id = d.id ORDER BY r.id DESC LIMIT 1) r
        )) FROM directive d WHERE d.id = t.object_id)
      WHEN 'meeting' THEN (
        SELECT json_object('__typename', 'Meeting', 'id', 'Meeting_' || m.id) FROM meeting m WHERE m.id = t.object_id)
    END END
  )) FROM (
    SELECT * FROM task t WHERE t.holder IN me AND t.closed_at IS NULL ORDER BY t.id LIMIT 20
  ) t
) || '}}}}'
