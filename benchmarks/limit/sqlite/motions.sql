-- A page of 50 motions, newest first; :value is the key after which the page begins, or null.
WITH me AS MATERIALIZED (SELECT value FROM json_each(:holders)), seen AS MATERIALIZED (
  SELECT m.id FROM motion m
  WHERE m.id < coalesce(:value, 'g') AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder IN me)
  ORDER BY m.id DESC LIMIT 51
)
SELECT '{"data":{"motions":{"nodes":' || (
  SELECT json_group_array(json_object(
    'id', gid('Motion', m.id), 'title', m.title, 'state', upper(m.state),
    'stateSince', replace(replace(m.state_since, ' ', 'T'), '.000000', '') || '+00:00',
    'proposingUnit', (SELECT json_object('id', gid('Unit', u.id), 'name', u.name) FROM unit u WHERE u.id = m.proposing_unit_id),
    'opinions', (
      SELECT json_group_array(json_object(
        'id', gid('Opinion', o.id), 'position', upper(nullif(o.position, '')), 'text', o.text,
        'unit', (SELECT json_object('name', u.name) FROM unit u WHERE u.id = o.unit_id)
      )) FROM (
        SELECT * FROM opinion o WHERE o.motion_id = m.id AND EXISTS (SELECT 1 FROM part p WHERE p.object_id = o.id AND p.in_force AND p.holder IN me)
        ORDER BY o.id LIMIT 3
      ) o
    )
  )) FROM (SELECT m.* FROM (SELECT id FROM seen ORDER BY id DESC LIMIT 50) s JOIN motion m ON m.id = s.id ORDER BY m.id DESC) m
) || ',"pageInfo":{"hasNextPage":' || iif((SELECT count(*) FROM seen) > 50, 'true', 'false') || ',"endCursor":' || coalesce(
  '"' || (SELECT gid('c', min(id)) FROM (SELECT id FROM seen ORDER BY id DESC LIMIT 50)) || '"', 'null') || '}}}}'
