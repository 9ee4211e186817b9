# Completion of weyl's tools in bash. Options, their choices and the names of spaces come from the tool's own --help;
# only names of groups and kernels stand here.

_weyl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} help value names=
  help=$("$1" --help 2>/dev/null)
  # What the option before takes: "MASS:{consistent,lumped}=consistent", "FILE", "GROUP"; nothing for a flag.
  value=$(sed -nE "s/^ +([^ ]*,)?$before(,[^ ]*)? ([A-Z][^ :=.[,]*(:\{[^}]*\})?)(.*)?$/\3/p" <<<"$help" | head -n 1)
  case $before:$value in
    -*:*\{*\}) names=${value#*\{} names=${names%\}} names=${names//,/ } ;;
    -*:GROUP) names="auto antipodal C2 C3 C4 C5 C6 C2v C3v C4v C5v C6v C2h D2 D3 D4 D5 D6 D2h D3h D4h D5h D6h D2d D3d \
T Td Th O Oh I Ih Ci Cs S A B C" ;;
    -*:KERNEL) names="sobolev: heat: band:" ;;
    -*:TARGET) names="power:" ;;
    -*:FILE | -*:FOLDER) ;;
    -*:Excludes | -*:Needs | -*: | [!-]*)
      if [[ $word == -* ]]; then
        names=$(sed -nE 's/^ +((-[a-zA-Z],)?--[a-z-]+).*/\1/p' <<<"$help" | tr ',' '\n')
      else # SPACE: a name, up to its colon, or a file
        names=$(sed -nE 's/^  ([a-z][a-z-]*)(:[^ ]*)?( \([^ ]*\)| or [^ ]*)?  +.*/\1/p' <<<"$help")
        [[ $1 != *weyl-mesh ]] && names+=" rp cp hemisphere equilateral mesh lshape drum ngon polygon"
      fi
      ;;
    *) return ;; # a number or the like
  esac
  mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word" | sort -u)
  if [[ $word != -* && $value != *\{* ]]; then
    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _weyl weyl-count weyl-learn weyl-mesh weyl-quotient weyl-spectrum
