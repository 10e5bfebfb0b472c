-- One meeting (:value) with agenda, opinions, documents and attendance.
WITH me AS MATERIALIZED (SELECT value FROM json_each(:holders))
SELECT '{"data":{"node":' || coalesce((
  SELECT json_object(
    'id', 'Meeting_' || m.id, 'title', m.title, 'form', upper(m.form), 'state', upper(m.state),
    'startsAt', substr(m.starts_at, 1, 10) || 'T' || substr(m.starts_at, 12, 8) || rtrim(rtrim(substr(m.starts_at, 20), '0'), '.') || '+00:00', 'endsAt', substr(m.ends_at, 1, 10) || 'T' || substr(m.ends_at, 12, 8) || rtrim(rtrim(substr(m.ends_at, 20), '0'), '.') || '+00:00', 'place', m.place,
    'presider', (SELECT json_object('id', 'Person_' || p.id, 'name', p.name) FROM person p WHERE p.id = m.presider_id),
    'items', (
      SELECT json_group_array(json_object(
        'id', 'AgendaItem_' || i.id, 'number', iif(i.state <> 'removed', i.place, NULL),
        'motion', (
          SELECT json_object(
            'id', 'Motion_' || t.id, 'title', t.title, 'state', upper(t.state),
            'proposingUnit', (SELECT json_object('name', u.name) FROM unit u WHERE u.id = t.proposing_unit_id),
            'opinions', (
              SELECT json_group_array(json_object(
                'position', upper(nullif(o.position, '')), 'text', o.text,
                'unit', (SELECT json_object('name', u.name) FROM unit u WHERE u.id = o.unit_id)
              )) FROM (
                SELECT * FROM opinion o WHERE o.motion_id = t.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = o.id AND p.in_force AND p.holder IN me)
                ORDER BY o.id
              ) o
            )
          ) FROM motion t WHERE t.id = i.motion_id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = t.id AND p.in_force AND p.holder IN me)
        )
      )) FROM (
        SELECT i.*, count(*) FILTER (WHERE i.state <> 'removed') OVER (ORDER BY i.position, i.id) AS place
        FROM item i WHERE i.meeting_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = i.id AND p.in_force AND p.holder IN me)
        ORDER BY i.position, i.id
      ) i
    ),
    'documents', (
      SELECT json_group_array(json_object(
        'id', 'Document_' || d.id, 'title', d.title, 'number', d.number, 'state', upper(d.state)
      )) FROM (
        SELECT * FROM document d WHERE d.meeting_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = d.id AND p.in_force AND p.holder IN me)
        ORDER BY d.id
      ) d
    ),
    'attendances', (
      SELECT json_group_array(json_object(
        'state', upper(a.state), 'capacity', a.capacity,
        'signedInAt', substr(a.signed_in_at, 1, 10) || 'T' || substr(a.signed_in_at, 12, 8) || rtrim(rtrim(substr(a.signed_in_at, 20), '0'), '.') || '+00:00',
        'late', json(iif(a.late, 'true', 'false')),
        'unit', (SELECT json_object('id', 'Unit_' || u.id, 'name', u.name) FROM unit u WHERE u.id = a.unit_id)
      )) FROM (
        SELECT * FROM attendance a WHERE a.meeting_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = a.id AND p.in_force AND p.holder IN me)
        ORDER BY a.id
      ) a
    )
  ) FROM meeting m WHERE m.id = :value AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
), 'null') || '}}'
