# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_reemo_global_optspecs
    string join \n profile= o/output= json jq= r/raw-output q/quiet v/verbose request-timeout= retries= no-input color= h/help V/version
end

function __fish_reemo_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_reemo_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_reemo_using_subcommand
    set -l cmd (__fish_reemo_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c reemo -n "__fish_reemo_needs_command" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_needs_command" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_needs_command" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_needs_command" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_needs_command" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_needs_command" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_needs_command" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_needs_command" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_needs_command" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_needs_command" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_needs_command" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_needs_command" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_needs_command" -s V -l version -d 'Print version'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "computers" -d 'List, connect to, reserve, rename, delete and watch computers'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "computer" -d 'List, connect to, reserve, rename, delete and watch computers'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "auth" -d 'Store, check and remove a secret key'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "profile" -d 'List, select and remove the profiles of the config file'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "config" -d 'Show and change the config file'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "api" -d 'Send a raw request to the API'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "journal" -d 'Show the changes that were made from this machine'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "doctor" -d 'Check configuration, network, credentials and how the API answers'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "sandbox" -d 'Run a local demo API for trials and tests'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "man" -d 'Print manual pages'
complete -c reemo -n "__fish_reemo_needs_command" -f -a "help" -d 'Print the help of a command'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "list" -d 'List computers'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "ls" -d 'List computers'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "count" -d 'Count computers, by state or any other property'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "get" -d 'Show every property of one computer'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "connect" -d 'Request short-lived tokens to access a computer with the Reemo WebClient'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "reserve" -d 'Reserve _ids before their machines exist'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "rename" -d 'Rename a computer'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "delete" -d 'Delete OFFLINE computers'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "rm" -d 'Delete OFFLINE computers'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "wait" -d 'Block until computers are online, offline, present or absent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "diff" -d 'Compare a file with the account, or two files with each other'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "plan" -d 'Show what apply would change'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "apply" -d 'Make the account as a file says: reserve, rename, and with --prune delete'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "watch" -d 'Follow computers and print an event for each change'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a property, or by several with commas; -KEY sorts in descending order' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N computers' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l duplicates -d 'Keep computers that share the value of a property with another one, such as hostname' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l group-by -d 'With -o ansible: make groups by the value of a property, such as site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l page-size -d 'Request N computers per page [default: the API\'s maximum]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l concurrency -d 'Request up to N pages at once [default: 8, or 20 if pages are small and slow]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l sort -d 'Sort by a property, or by several with commas; -KEY sorts in descending order' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l limit -d 'Print at most N computers' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l duplicates -d 'Keep computers that share the value of a property with another one, such as hostname' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l group-by -d 'With -o ansible: make groups by the value of a property, such as site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l page-size -d 'Request N computers per page [default: the API\'s maximum]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l concurrency -d 'Request up to N pages at once [default: 8, or 20 if pages are small and slow]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l by -d 'Count for each value of these properties, such as status,site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from count" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l out -d 'Write the object with the tokens to this file, readable only by you; - is standard output' -r -F
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l open -d 'Open the desktop in a browser, and stay until its page is closed'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l no-browser -d 'With --open, print the page\'s URL and start no browser'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l dry-run -d 'Send nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l count -d 'Generate N _ids' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l derive -d 'Derive the _id from TEXT and a namespace: the same text in the same namespace always gives the same _id; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l namespace -d 'Namespace of --derive [default: REEMO_NAMESPACE or the profile\'s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l from -d 'Reserve the rows of a csv file with the columns _id, name and derive; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l name -d 'Name the computer (single reservations only)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l id-file -d 'Write only the _id to this file, for the Reemo Service (single reservations only)' -r -F
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l ensure -d 'Succeed if the _id is already reserved in your account'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l force -d 'Overwrite a file that holds another _id'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l dry-run -d 'Reserve nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from reserve" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l from -d 'Rename the computers in a csv file with a column name and at least one of computer, id, _id and hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l dry-run -d 'Rename nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l from -d 'Delete the computers in a csv file with a column computer, id, _id or hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l filter -d 'Delete all computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l max -d 'Delete nothing if more than N computers match' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Skip the confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Treat missing computers as already deleted'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l dry-run -d 'Delete nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l from -d 'Delete the computers in a csv file with a column computer, id, _id or hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l filter -d 'Delete all computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l max -d 'Delete nothing if more than N computers match' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Skip the confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l ignore-missing -d 'Treat missing computers as already deleted'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l dry-run -d 'Delete nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l filter -d 'Wait for the computers that match at the start (filters as in list); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l for -d 'State to wait for: online, offline, present or absent' -r -f -a "online\t'Known to the API, in a state other than OFFLINE'
offline\t'Known to the API as OFFLINE'
present\t'Known to the API'
absent\t'Not known to the API'"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l timeout -d 'Give up after this long, with exit code 124' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l interval -d 'Time between two polls, at least 10ms' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l properties -d 'Compare these properties alone [default: all but those that always move, such as lastSeen]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l exit-code -d 'End with exit code 10 if there are differences'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l filter -d 'Delete only computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l max -d 'Change nothing if more than N computers match for deletion [default: 10, or 30 % of the account\'s if that is more]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l prune -d 'Also delete the OFFLINE computers that FLEET lacks'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l exit-code -d 'End with exit code 10 if there is something to change'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l filter -d 'Delete only computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l max -d 'Change nothing if more than N computers match for deletion [default: 10, or 30 % of the account\'s if that is more]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l prune -d 'Also delete the OFFLINE computers that FLEET lacks'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Delete without a confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l dry-run -d 'Change nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l filter -d 'Watch computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l interval -d 'Time between two polls, at least 10ms' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l duration -d 'Stop after this long' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l events -d 'Report only these events: appeared, gone, online, offline, changed' -r -f -a "appeared\t''
gone\t''
online\t''
offline\t''
changed\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l properties -d 'Report changes to these properties; all means every property' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l count -d 'Stop after N events' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l initial -d 'First print an appeared event for every existing computer'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computers; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "list" -d 'List computers'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "ls" -d 'List computers'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "count" -d 'Count computers, by state or any other property'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "get" -d 'Show every property of one computer'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "connect" -d 'Request short-lived tokens to access a computer with the Reemo WebClient'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "reserve" -d 'Reserve _ids before their machines exist'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "rename" -d 'Rename a computer'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "delete" -d 'Delete OFFLINE computers'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "rm" -d 'Delete OFFLINE computers'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "wait" -d 'Block until computers are online, offline, present or absent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "diff" -d 'Compare a file with the account, or two files with each other'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "plan" -d 'Show what apply would change'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "apply" -d 'Make the account as a file says: reserve, rename, and with --prune delete'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and not __fish_seen_subcommand_from list ls count get connect reserve rename delete rm wait diff plan apply watch" -f -a "watch" -d 'Follow computers and print an event for each change'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l sort -d 'Sort by a property, or by several with commas; -KEY sorts in descending order' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N computers' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l duplicates -d 'Keep computers that share the value of a property with another one, such as hostname' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l group-by -d 'With -o ansible: make groups by the value of a property, such as site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l page-size -d 'Request N computers per page [default: the API\'s maximum]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l concurrency -d 'Request up to N pages at once [default: 8, or 20 if pages are small and slow]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l sort -d 'Sort by a property, or by several with commas; -KEY sorts in descending order' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l limit -d 'Print at most N computers' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l duplicates -d 'Keep computers that share the value of a property with another one, such as hostname' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l group-by -d 'With -o ansible: make groups by the value of a property, such as site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l page-size -d 'Request N computers per page [default: the API\'s maximum]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l concurrency -d 'Request up to N pages at once [default: 8, or 20 if pages are small and slow]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l filter -d 'Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l by -d 'Count for each value of these properties, such as status,site' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from count" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l out -d 'Write the object with the tokens to this file, readable only by you; - is standard output' -r -F
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l open -d 'Open the desktop in a browser, and stay until its page is closed'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l no-browser -d 'With --open, print the page\'s URL and start no browser'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l dry-run -d 'Send nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l count -d 'Generate N _ids' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l derive -d 'Derive the _id from TEXT and a namespace: the same text in the same namespace always gives the same _id; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l namespace -d 'Namespace of --derive [default: REEMO_NAMESPACE or the profile\'s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l from -d 'Reserve the rows of a csv file with the columns _id, name and derive; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l name -d 'Name the computer (single reservations only)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l id-file -d 'Write only the _id to this file, for the Reemo Service (single reservations only)' -r -F
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l ensure -d 'Succeed if the _id is already reserved in your account'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l force -d 'Overwrite a file that holds another _id'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l dry-run -d 'Reserve nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from reserve" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l from -d 'Rename the computers in a csv file with a column name and at least one of computer, id, _id and hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l dry-run -d 'Rename nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l from -d 'Delete the computers in a csv file with a column computer, id, _id or hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l filter -d 'Delete all computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l max -d 'Delete nothing if more than N computers match' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Skip the confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Treat missing computers as already deleted'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l dry-run -d 'Delete nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l from -d 'Delete the computers in a csv file with a column computer, id, _id or hostname; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l filter -d 'Delete all computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l max -d 'Delete nothing if more than N computers match' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Skip the confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l ignore-missing -d 'Treat missing computers as already deleted'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l dry-run -d 'Delete nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l filter -d 'Wait for the computers that match at the start (filters as in list); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l for -d 'State to wait for: online, offline, present or absent' -r -f -a "online\t'Known to the API, in a state other than OFFLINE'
offline\t'Known to the API as OFFLINE'
present\t'Known to the API'
absent\t'Not known to the API'"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l timeout -d 'Give up after this long, with exit code 124' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l interval -d 'Time between two polls, at least 10ms' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l properties -d 'Compare these properties alone [default: all but those that always move, such as lastSeen]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l exit-code -d 'End with exit code 10 if there are differences'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l filter -d 'Delete only computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l max -d 'Change nothing if more than N computers match for deletion [default: 10, or 30 % of the account\'s if that is more]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l prune -d 'Also delete the OFFLINE computers that FLEET lacks'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l exit-code -d 'End with exit code 10 if there is something to change'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l filter -d 'Delete only computers that match, as in list --filter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l max -d 'Change nothing if more than N computers match for deletion [default: 10, or 30 % of the account\'s if that is more]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l prune -d 'Also delete the OFFLINE computers that FLEET lacks'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Delete without a confirmation'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l dry-run -d 'Change nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l filter -d 'Watch computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l interval -d 'Time between two polls, at least 10ms' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l duration -d 'Stop after this long' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l events -d 'Report only these events: appeared, gone, online, offline, changed' -r -f -a "appeared\t''
gone\t''
online\t''
offline\t''
changed\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l properties -d 'Report changes to these properties; all means every property' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l count -d 'Stop after N events' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l initial -d 'First print an appeared event for every existing computer'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand computer; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -f -a "login" -d 'Check a secret key and store it'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -f -a "status" -d 'Show which key and settings are in force, and whether the API accepts the key'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and not __fish_seen_subcommand_from login status logout" -f -a "logout" -d 'Remove the stored key'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l api-url -d 'Log in to the API at this base URL [default: the profile\'s api_url]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l secret-key-stdin -d 'Read the key from standard input'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -f -a "list" -d 'List the profiles and where their keys come from'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -f -a "ls" -d 'List the profiles and where their keys come from'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -f -a "use" -d 'Make a profile the default one'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -f -a "remove" -d 'Remove a profile and the key stored in it'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and not __fish_seen_subcommand_from list ls use remove rm" -f -a "rm" -d 'Remove a profile and the key stored in it'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand profile; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -f -a "path" -d 'Print where the config file is'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -f -a "list" -d 'List the settings in the config file and the environment'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -f -a "get" -d 'Print one setting'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -f -a "set" -d 'Change one setting'
complete -c reemo -n "__fish_reemo_using_subcommand config; and not __fish_seen_subcommand_from path list get set unset" -f -a "unset" -d 'Remove one setting'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand api" -s q -l query -d 'Add a query parameter; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -s f -l raw-field -d 'Add a string property to the JSON body; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -s F -l field -d 'Add a property with a JSON value to the JSON body, such as n=1.5 or on=true; repeatable' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -l input -d 'Send the JSON in this file unchanged; - reads standard input' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand api" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand api" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand api" -l paginate -d 'Request every page, and print the rows of all as one array (a row per line with -o jsonl)'
complete -c reemo -n "__fish_reemo_using_subcommand api" -s i -l include -d 'Print the status and headers before the response'
complete -c reemo -n "__fish_reemo_using_subcommand api" -l dry-run -d 'Send nothing; print what would be sent'
complete -c reemo -n "__fish_reemo_using_subcommand api" -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand api" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand api" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand api" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand api" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand api" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l since -d 'Show only changes since then: a time, a date, or a time before now such as -7d' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l until -d 'Show only changes before then' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand journal" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l write -d 'Store in the profile how this API pages and filters, where that differs'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l offline -d 'Check the configuration alone, without any connection'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -f -a "serve" -d 'Serve the API to other clients until Ctrl-C'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -f -a "reset" -d 'Restore the demo fleet'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -f -a "register" -d 'Simulate the Reemo Service starting on a machine with a reserved _id'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -f -a "online" -d 'Switch a computer ONLINE'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset register online offline" -f -a "offline" -d 'Switch a computer OFFLINE'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l port -d 'Listen on this port of 127.0.0.1; 0 picks a free one' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l computers -d 'Use the demo fleet of N computers; each size keeps its own changes' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l latency -d 'Delay each response by this much' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l fail -d 'Fail this fraction of the requests, from 0 to 1' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l fail-status -d 'HTTP status of failing requests' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l computers -d 'Use the demo fleet of N computers; each size keeps its own changes' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l computers -d 'Use the demo fleet of N computers; each size keeps its own changes' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l computers -d 'Use the demo fleet of N computers; each size keeps its own changes' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from online" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l computers -d 'Use the demo fleet of N computers; each size keeps its own changes' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l columns -d 'Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l no-headers -d 'Omit the header line of table, wide and csv'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand sandbox; and __fish_seen_subcommand_from offline" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand completions" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand completions" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand man" -l out -d 'Write the pages of all commands into this folder' -r -F
complete -c reemo -n "__fish_reemo_using_subcommand man" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand man" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand man" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand man" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand man" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand man" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand man" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand man" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand man" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand man" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand man" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand man" -s h -l help -d 'Print help'
complete -c reemo -n "__fish_reemo_using_subcommand help" -l profile -d 'Profile to use: one from the config file, or the built-in sandbox' -r
complete -c reemo -n "__fish_reemo_using_subcommand help" -s o -l output -d 'Output format: table, wide, json, jsonl, csv, id or _id' -r -f -a "table\t''
wide\t''
json\t''
jsonl\t''
csv\t''
id\t''
_id\t''
ansible\t''"
complete -c reemo -n "__fish_reemo_using_subcommand help" -l jq -d 'Filter the JSON with a jq expression; implies --json unless jsonl is chosen' -r
complete -c reemo -n "__fish_reemo_using_subcommand help" -l request-timeout -d 'Limit each request to this time [default: 30s]' -r
complete -c reemo -n "__fish_reemo_using_subcommand help" -l retries -d 'Retry up to N times where that is safe [default: 2]' -r
complete -c reemo -n "__fish_reemo_using_subcommand help" -l color -d 'Use colors: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c reemo -n "__fish_reemo_using_subcommand help" -l json -d 'Same as --output json'
complete -c reemo -n "__fish_reemo_using_subcommand help" -s r -l raw-output -d 'Print string results of --jq without quotes'
complete -c reemo -n "__fish_reemo_using_subcommand help" -s q -l quiet -d 'Print no notes and no progress'
complete -c reemo -n "__fish_reemo_using_subcommand help" -s v -l verbose -d 'Show each request; -vv shows headers too'
complete -c reemo -n "__fish_reemo_using_subcommand help" -l no-input -d 'Never ask a question'
complete -c reemo -n "__fish_reemo_using_subcommand help" -s h -l help -d 'Print help'
