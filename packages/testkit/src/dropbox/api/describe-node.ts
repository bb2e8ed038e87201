import { foldCase, nameOf } from '../state/dropbox-path.ts';
import type { FileNode, PropertyGroup, TreeNode } from '../state/file-node.ts';

/** `2026-11-24T01:02:03Z`: Dropbox's times have no fractions of seconds. */
function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** `FileMetadata`, with property groups when they are given. */
export function describeFile(file: FileNode, groups?: readonly PropertyGroup[]): Record<string, unknown> {
  return {
    name: nameOf(file.path),
    id: file.id,
    client_modified: timestamp(file.clientModified),
    server_modified: timestamp(file.serverModified),
    rev: file.rev,
    size: file.bytes.size,
    path_lower: foldCase(file.path),
    path_display: file.path,
    is_downloadable: true,
    content_hash: file.contentHash,
    ...(groups !== undefined && { property_groups: groups }),
  };
}

/** `Metadata`: a file or a folder. */
export function describeNode(node: TreeNode, groups?: readonly PropertyGroup[]): Record<string, unknown> {
  if (node.kind === 'file') return { '.tag': 'file', ...describeFile(node, groups) };
  return { '.tag': 'folder', name: nameOf(node.path), id: node.id, path_lower: foldCase(node.path), path_display: node.path };
}
