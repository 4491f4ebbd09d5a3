//! The files in which assistants keep what they say, as far as their shapes are public.
//!
//! | file | known by | what is said |
//! | --- | --- | --- |
//! | Rasa domain | `responses` (or `templates`) with `utter_…` | `text` of each response |
//! | Dialogflow CX flow, page, route group | `…Fulfillment` with `messages` | `text.text`, `outputAudioText` |
//! | Dialogflow ES intent | `responses` with `messages` | `speech` |
//! | Voiceflow project | `diagrams` | `dialogs` and `texts` of speak and text steps, `messages` |
//! | Botpress content | a list with `formData` | `text`, `text$en`, and their variations |
//! | Botpress flows | `flows` or `nodes` with `instructions` | their `text` |

use super::place::Text;
use super::prompts::{Prompt, script};
use super::value::Value;
use crate::script::{Script, Unread};

/// What a file is, and its prompts.
type Found = (&'static str, Vec<Prompt>);

/// Reads a file of JSON or YAML.
pub fn read(text: &str) -> Result<Script, Unread> {
    let value = Value::read(text).map_err(|e| Unread::broken(format!("is no JSON or YAML that can be read: {e}")))?;
    let known: [fn(&Value) -> Option<Found>; 5] = [rasa, dialogflow, voiceflow, botpress_content, botpress_flows];
    let Some((what, prompts)) = known.iter().find_map(|read| read(&value)) else {
        return Err(Unread::unknown(
            "holds no prompts in a shape that is known: a Rasa domain with `responses`, a flow or page of a Dialogflow CX agent, a Voiceflow project, or Botpress content; from elsewhere, export a table with a column `prompt`",
        ));
    };
    script(prompts, what)
}

fn prompt(name: &str, text: &Text) -> Prompt {
    Prompt { name: name.to_owned(), text: text.clone() }
}

/// `responses: { utter_greet: [ { text: … } ] }`
fn rasa(value: &Value) -> Option<Found> {
    let responses = value.get("responses").or_else(|| value.get("templates"))?.entries();
    let utters = responses.iter().filter(|(name, _)| name.starts_with("utter_") || name.contains("/utter_"));
    let mut prompts = Vec::new();
    let mut any = false;
    for (name, variants) in utters {
        any = true;
        // Old domains wrote the text alone.
        let texts = variants.list().iter().filter_map(|v| v.get("text").unwrap_or(v).as_text());
        prompts.extend(texts.map(|text| prompt(name, text)));
    }
    any.then_some(("a Rasa domain", prompts))
}

/// Fulfillments wherever they stand: of a page, its routes, its events, its parameters.
fn dialogflow(value: &Value) -> Option<Found> {
    let name = value.name("displayName").or_else(|| value.name("name")).unwrap_or("");
    let mut prompts = Vec::new();
    let mut any = false;
    fulfillments(value, name, &mut any, &mut prompts);
    any.then_some(("a flow or page of Dialogflow", prompts))
}

fn fulfillments(value: &Value, around: &str, any: &mut bool, prompts: &mut Vec<Prompt>) {
    for (key, inner) in value.entries() {
        let name = |of: &Value| -> String {
            let own = ["intent", "event", "condition", "displayName"].iter().find_map(|k| of.name(k));
            own.filter(|own| *own != around).map_or_else(|| around.to_owned(), |own| format!("{around}: {own}"))
        };
        if key.ends_with("ulfillment") && matches!(inner, Value::Map(_)) {
            *any = true;
            let what = if key == "entryFulfillment" { format!("{around}: entry") } else { around.to_owned() };
            messages(inner, &what, prompts);
        } else if key == "responses" && inner.list().iter().any(|r| r.get("messages").is_some()) {
            *any = true;
            inner.list().iter().for_each(|r| messages(r, around, prompts));
        } else if matches!(inner, Value::List(_)) {
            inner.list().iter().for_each(|one| fulfillments(one, &name(one), any, prompts));
        } else {
            fulfillments(inner, &name(inner), any, prompts);
        }
    }
}

/// The messages of a fulfillment, those under its conditions too.
fn messages(value: &Value, name: &str, prompts: &mut Vec<Prompt>) {
    let texts = |value: &Value| -> Vec<Text> {
        let all = value.as_text().into_iter().chain(value.list().iter().filter_map(Value::as_text));
        all.cloned().collect()
    };
    match value {
        Value::List(all) => all.iter().for_each(|one| messages(one, name, prompts)),
        Value::Map(all) => {
            for (key, inner) in all {
                match key.as_str() {
                    "text" | "speech" | "ssml" => {
                        prompts.extend(texts(inner).iter().map(|t| prompt(name, t)));
                        messages(inner, name, prompts);
                    }
                    // Directives for another program, and what is chosen by a click.
                    "payload" | "setParameterActions" | "condition" | "languageCode" | "lang" | "tag" | "webhook" => {}
                    _ => messages(inner, name, prompts),
                }
            }
        }
        Value::Text(_) => {}
    }
}

/// `diagrams: { ID: { name, nodes: { ID: { type, data } } } }`
fn voiceflow(value: &Value) -> Option<Found> {
    let diagrams = value.get("diagrams")?.entries();
    let mut prompts = Vec::new();
    for (id, diagram) in diagrams {
        let flow = diagram.name("name").unwrap_or(id);
        for (node, inner) in diagram.get("nodes").map_or(&[][..], Value::entries) {
            let Some(data) = inner.get("data") else { continue };
            let name = format!("{flow}: {}", data.name("name").filter(|n| !n.is_empty()).unwrap_or(node));
            for key in ["dialogs", "texts", "messages", "prompts"] {
                for one in data.get(key).map_or(&[][..], Value::list) {
                    let said = one.get("content").or_else(|| one.get("text")).unwrap_or(one);
                    prompts.extend(slate(said).map(|text| Prompt { name: name.clone(), text }));
                }
            }
        }
    }
    let kept = ["responseMessages", "responseVariants"].iter().filter_map(|key| value.get(key));
    for one in kept.flat_map(Value::list) {
        let said = one.get("data").and_then(|d| d.get("text")).or_else(|| one.get("text"));
        let name = one.name("discriminatorID").or_else(|| one.name("id")).unwrap_or("message");
        prompts.extend(said.and_then(slate).map(|text| Prompt { name: name.to_owned(), text }));
    }
    Some(("a Voiceflow project", prompts))
}

/// A text, or pieces of one with variables between them: `[{"children":[{"text":"Hello "},{"name":"first"}]}]`.
fn slate(value: &Value) -> Option<Text> {
    if let Some(text) = value.as_text() {
        return Some(Text { text: variables(&text.text), ..text.clone() });
    }
    let mut whole: Option<Text> = None;
    pieces(value, &mut whole);
    whole.filter(|t| !t.text.trim().is_empty())
}

fn pieces(value: &Value, whole: &mut Option<Text>) {
    match value {
        Value::Text(piece) => {
            let text = variables(&piece.text);
            match whole {
                None => *whole = Some(Text { text, ..piece.clone() }),
                Some(whole) => {
                    // The file goes on between the pieces, with lines of its own.
                    let lines = piece.line.saturating_sub(whole.line + whole.written.matches('\n').count() as u32);
                    whole.written.push_str(&"\n".repeat(lines as usize));
                    if lines > 0 {
                        whole.written.push_str(&" ".repeat(piece.column.saturating_sub(1) as usize));
                    }
                    whole.written.push_str(&piece.written);
                    whole.text.push_str(&text);
                }
            }
        }
        Value::List(all) => all.iter().for_each(|one| pieces(one, whole)),
        Value::Map(_) => {
            if let Some(inner) =
                value.get("children").filter(|c| !c.list().is_empty()).filter(|_| value.name("name").is_none())
            {
                pieces(inner, whole);
            } else if let Some(text) = value.get("text") {
                pieces(text, whole);
            } else if let (Some(name), Some(whole)) = (value.name("name").or_else(|| value.name("variableID")), whole) {
                whole.text.push_str(&format!("{{{name}}}"));
            }
        }
    }
}

/// `{[name].id}` is the blank `{name}`.
fn variables(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{[") {
        let (before, blank) = rest.split_at(at);
        plain.push_str(before);
        let Some((name, after)) = blank[2..].split_once(']').filter(|(_, after)| after.contains('}')) else {
            rest = blank;
            break;
        };
        plain.push_str(&format!("{{{name}}}"));
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// `[{ "id": …, "formData": { "text$en": …, "variations$en": […] } }]`
fn botpress_content(value: &Value) -> Option<Found> {
    let elements = value.list();
    elements.iter().any(|e| e.get("formData").is_some()).then_some(())?;
    let mut prompts = Vec::new();
    for element in elements {
        let name = element.name("id").unwrap_or("content");
        for (key, inner) in element.get("formData").map_or(&[][..], Value::entries) {
            let field = key.split('$').next().unwrap_or(key);
            let english = key.split_once('$').is_none_or(|(_, language)| language.starts_with("en"));
            if english && ["text", "variations", "title", "subtitle", "question"].contains(&field) {
                let all = inner.as_text().into_iter().chain(inner.list().iter().filter_map(Value::as_text));
                prompts.extend(all.map(|text| prompt(name, text)));
            }
        }
    }
    Some(("content of Botpress", prompts))
}

/// `{ "flows": [{ "name", "nodes": [{ "name", "instructions": [{ "text" }] }] }] }`
fn botpress_flows(value: &Value) -> Option<Found> {
    let flows = value.get("flows").map_or_else(|| std::slice::from_ref(value), Value::list);
    let nodes = |flow: &Value| flow.get("nodes").map_or(&[][..], Value::list).to_vec();
    let known = |node: &Value| node.get("instructions").is_some() || node.get("onEnter").is_some();
    flows.iter().any(|f| nodes(f).iter().any(known)).then_some(())?;
    let mut prompts = Vec::new();
    for flow in flows {
        for node in nodes(flow) {
            let name = [flow.name("name"), node.name("name")].into_iter().flatten().collect::<Vec<_>>().join(": ");
            for step in node.get("instructions").map_or(&[][..], Value::list) {
                let said = ["text", "message", "content"].iter().find_map(|key| step.get(key)?.as_text());
                prompts.extend(said.map(|text| prompt(&name, text)));
            }
        }
    }
    if prompts.is_empty() {
        return Some((
            "a flow of Botpress that names its prompts (they stand in content-elements/builtin_text.json)",
            prompts,
        ));
    }
    Some(("flows of Botpress", prompts))
}
