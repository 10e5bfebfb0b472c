-- Who asks: :token is the hash of the session's token. No row: nobody is signed in. Days are those of Shanghai.
-- One JSON text; from the posts the endpoint makes the names under which the person has part (app/rules/roles.py).
SELECT json_object(
  'id', p.id, 'name', p.name, 'policy', (SELECT version FROM policy_version),
  'administrator', (SELECT role FROM administrator WHERE person_id = p.id),
  'lent', EXISTS (SELECT 1 FROM delegation d WHERE d.delegate_id = p.id AND d.withdrawn_at IS NULL
    AND d.starts_at <= datetime('now') AND d.ends_at > datetime('now')),
  'seats', (
    SELECT json_group_array(a.role || ' ' || a.group_id || ' ' || coalesce(a.unit_id, '')) FROM appointment a
    WHERE a.person_id = p.id AND a.starts_on <= date('now', '+8 hours')
      AND (a.ends_on IS NULL OR a.ends_on >= date('now', '+8 hours'))
  )
)
FROM session s JOIN person p ON p.id = s.person_id AND p.active
WHERE s.token_hash = :token AND s.revoked_at IS NULL AND s.expires_at > datetime('now')
