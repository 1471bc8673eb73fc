# What is given to others: `./linkspan release`. Sourced by the launcher. Equal sources give equal bytes, wherever they are built: all times
# are those of the last commit, and nothing in it comes from a run of the program.
# shellcheck shell=bash

# What the program takes of the JDK; jdeps says it of its jars, but for java.desktop, of which libraries ask only whether it is there.
runtime_modules=java.base,java.naming,java.net.http,java.security.jgss,java.sql,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

# release [--out DIR]
release() {
  local out=$root/target/release version name work
  while [[ $# -gt 0 ]]; do
    case $1 in
      --out) [[ -n ${2:-} ]] || die "--out takes a folder"; out=$2; shift 2 ;;
      --out=*) out=${1#*=}; shift ;;
      *) page release; die "release does not take '$1'" ;;
    esac
  done
  [[ $(uname -m) == x86_64 ]] || die "a release is for x86-64, and is built there; this is $(uname -m)"
  [[ -f $(readlink -f -- "$dist")/lib/cockpit/index.html ]] || die "a release has Cockpit in it, which could not be built: ./linkspan build says why"
  version=$(released_version)
  name=linkspan-$version-linux-x86_64
  SOURCE_DATE_EPOCH=$(released_at)
  export SOURCE_DATE_EPOCH
  mkdir -p "$out"
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$work'" EXIT
  steps=5 step=0
  begin_step "the program and its own Java"
  stage "$work/$name"
  begin_step "teaching its Java to start faster"
  learn "$work/$name" "$work"
  begin_step "$name.tar.gz"
  pack_tar "$work" "$name" "$out/$name.tar.gz"
  begin_step "linkspan_$(debian_version "$version")_amd64.deb"
  pack_deb "$work/$name" "$work/deb" "$version" "$out"
  begin_step "what is in it, and checksums"
  describe "$out" "$version" "$work"
  (cd -- "$out" && sha256sum -- "$name.tar.gz" "linkspan_$(debian_version "$version")_amd64.deb" ./*.cdx.json | sed 's#\./##' >SHA256SUMS)
  (cd -- "$out" && ls -l -- *.tar.gz *.deb *.cdx.json SHA256SUMS | awk '{ printf "  %6.1f MB  %s\n", $5 / 1e6, $NF }') >&2
  say "released to $out"
}

# One place has it: the parent's POM.
released_version() { sed -n '/<parent>/,/<\/parent>/d; s#^  <version>\(.*\)</version>#\1#p' "$root/pom.xml" | head -n 1; }

# Debian sorts what is before a version by a tilde.
debian_version() { tr '[:upper:]' '[:lower:]' <<<"${1/-/\~}"; }

# Without a history, as in an archive of the sources, what the POM gives the jars.
released_at() {
  git -C "$root" log -1 --format=%ct 2>/dev/null \
    || date -u -d "$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</.*#\1#p' "$root/pom.xml")" +%s
}

stage() {
  local place=$1 built
  built=$(readlink -f -- "$dist")
  mkdir -p "$place"/{bin,lib,share}
  cp "$root/packaging/linkspan" "$place/bin/linkspan"
  cp -r "$built"/lib/* "$root/build/launch.sh" "$place/lib"
  # Commands that take the sources are not in it, and it is called by its name.
  sed -E -e '/^  (build|test|bench|release) +[A-Z]/d' -e 's#\./linkspan#linkspan#g' "$root/docs/commands.md" >"$place/share/commands.md"
  cp "$root"/{LICENSE,README.md,CHANGELOG.md} "$place"
  "$JAVA_HOME/bin/jlink" --add-modules "$runtime_modules" --strip-debug --no-header-files --no-man-pages --compress zip-0 \
    --output "$place/runtime"
  chmod -R u=rwX,go=rX "$place"
  age "$place"
}

# Java compares the times of its jars with those that it learned from.
age() { find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +; }

# Classes are kept in the form that the JVM has them in once it has loaded them (class data sharing).
learn() {
  keep "$1" "$2" server "${server_flags[@]}"
  keep "$1" "$2" cli "${cli_flags[@]}"
  age "$1"
}

# Of Java those that it lists itself; of the jars all but those of which a server takes a few of thousands.
classes_of() {
  local jar
  sed -E -e '/^#/d' -e 's/ id:? .*//' "$1/runtime/lib/classlist"
  for jar in "$1"/lib/*.jar; do
    case $(basename -- "$jar") in
      bcprov-* | flyway-database-cockroachdb-*) ;;
      *) "$JAVA_HOME/bin/jar" --list --file "$jar" | sed -n -E '/^META-INF|(module|package)-info/d; s/\.class$//p' ;;
    esac
  done
}

# keep PLACE WORK MODULE FLAG...: the bytes depend on where it lies, so it lies in one place for that.
keep() {
  local place=$1 work=$2 module=$3
  shift 3
  classes_of "$place" | LC_ALL=C sort -u >"$work/$module.classes"
  # The archive has objects too, and manifests of jars among them as long as these are softly held, which is until a time: so not at all.
  # shellcheck disable=SC2016 # the inner shell expands it
  privately bash -euc '
    mount --bind "$1" /mnt
    cd /mnt
    runtime/bin/java -Xshare:dump -XX:SoftRefLRUPolicyMSPerMB=0 "${@:4}" -XX:SharedClassListFile="$2" -XX:SharedArchiveFile="$2.jsa" -cp "$3"' \
    keep "$place" "$work/$module.classes" "lib/$(basename -- "$(jar_of "$place" "$module")")" "$@" >"$work/keep.log" 2>&1 \
    || { tail -n 20 "$work/keep.log" >&2; die "what $module starts faster with could not be kept"; }
  mv "$work/$module.classes.jsa" "$place/$module.jsa"
  chmod 644 "$place/$module.jsa"
}

# With mounts of its own.
privately() {
  if [[ $(id -u) -eq 0 ]]; then
    unshare --mount --propagation private -- "$@"
  else
    unshare --user --map-root-user --mount --propagation private -- "$@"
  fi
}

pack_tar() {
  tar --directory "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=gnu --create "$2" \
    | gzip -6 --no-name >"$3"
}

# --- Debian's package ----------------------------------------------------------------------------------------------

pack_deb() {
  local place=$1 tree=$2 version out=$4 file
  version=$(debian_version "$3")
  mkdir -p "$tree"/{DEBIAN,etc/linkspan,usr/bin,usr/lib/linkspan,usr/lib/systemd/system,usr/share/doc/linkspan}
  cp -r "$place"/{bin,lib,runtime,share,server.jsa,cli.jsa} "$tree/usr/lib/linkspan"
  ln -s ../lib/linkspan/bin/linkspan "$tree/usr/bin/linkspan"
  cp "$root/packaging/linkspan.yaml" "$tree/etc/linkspan"
  cp "$root"/packaging/*.service "$tree/usr/lib/systemd/system"
  cp "$root/packaging/debian/copyright" "$root"/{README,SECURITY}.md "$tree/usr/share/doc/linkspan"
  gzip -9 --no-name <"$root/CHANGELOG.md" >"$tree/usr/share/doc/linkspan/changelog.gz"
  sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk --apparent-size "$tree/usr" | cut -f1)/" "$root/packaging/debian/control" >"$tree/DEBIAN/control"
  for file in postinst prerm postrm; do install -m 755 "$root/packaging/debian/$file" "$tree/DEBIAN/$file"; done
  echo /etc/linkspan/linkspan.yaml >"$tree/DEBIAN/conffiles"
  (cd -- "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  chmod -R u=rwX,go=rX "$tree"
  age "$tree"
  dpkg-deb --root-owner-group -Zzstd -z12 --build "$tree" "$out/linkspan_${version}_amd64.deb" >/dev/null
}

# --- What is in it -------------------------------------------------------------------------------------------------

# Bills of materials in CycloneDX's JSON: of the program by Maven, of Cockpit by npm.
describe() {
  local out=$1 version=$2 work=$3 log=$root/target/release.log
  maven -pl server,cli -am org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeAggregateBom \
    -DincludeTestScope=false -DoutputFormat=json -DoutputName=linkspan.cdx >"$log" 2>&1 \
    || { tail -n 30 "$log" >&2; die "the bill of materials could not be made; the log is $log"; }
  cp "$root/target/linkspan.cdx.json" "$out/linkspan-$version.cdx.json"
  find_node || die "Cockpit's bill of materials takes Node.js"
  # npm names what it describes by its version, which Cockpit has from the program.
  mkdir -p "$work/linkspan-cockpit"
  cp "$root"/cockpit/package{,-lock}.json "$work/linkspan-cockpit"
  (cd -- "$work/linkspan-cockpit" && npm pkg set "version=$version" && npm sbom --omit dev --package-lock-only --sbom-format cyclonedx) \
    >"$work/cockpit.cdx.json" 2>"$log" || { tail -n 30 "$log" >&2; die "Cockpit's bill of materials could not be made; the log is $log"; }
  # What differs from one run to the next, a number and the time, is told by the files themselves.
  node -e '
    const bom = JSON.parse(require("fs").readFileSync(0, "utf8"))
    delete bom.serialNumber
    bom.metadata.timestamp = new Date(process.env.SOURCE_DATE_EPOCH * 1000).toISOString()
    console.log(JSON.stringify(bom, null, 2))' <"$work/cockpit.cdx.json" >"$out/linkspan-cockpit-$version.cdx.json"
}
