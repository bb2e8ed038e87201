/** @type {import('next').NextConfig} */
export default {
  // Loaded by Node as they are, not bundled.
  serverExternalPackages: ['@spotdraft-archive/core', '@spotdraft-archive/filesystem', '@spotdraft-archive/service'],
};
