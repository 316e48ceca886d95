/**
 * Makes `key` records of the keys that the first version kept. Public ids are random and differ; should two be
 * the same after all, the second gets a part of its digest besides.
 */
export const fromIssuedKeys = `
INSERT INTO records (kind, id, scope, version, created_at, updated_at, body)
SELECT 'key',
  iif(row_number() OVER (PARTITION BY public_id ORDER BY created_at, digest) = 1,
    public_id, public_id || '-' || substr(digest, 8, 12)),
  '=' || tenant, 1, created_at, created_at,
  json_object(
    'app', app, 'name', label, 'environment', 'demo', 'digest', digest, 'state', 'active',
    'expiresAtMs', expires_at,
    'scope', json_object('services', NULL, 'models', NULL, 'endpoints', NULL, 'backends', NULL,
      'methods', NULL, 'readOnly', json('false')),
    'networks', NULL, 'requestsPerMinute', NULL, 'createdBy', 'system', 'replaces', NULL,
    'revokedAtMs', NULL, 'revokedBy', NULL, 'revokedFor', NULL, 'label', label)
FROM issued_keys ORDER BY created_at, digest;

INSERT INTO record_values (field, value, position, scope)
SELECT 'key.' || member.value, '=' || (body ->> member.value), position, scope
FROM records, json_each('["digest","app","state"]') AS member;

INSERT INTO changes (kind, id) SELECT kind, id FROM records ORDER BY position;
DROP TABLE issued_keys;
`;
